package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bugs in scans. */
enum ScanFaults implements Fault {
    /** The digest at the seam of two pages is in neither. */
    @Breaks(
            value = "S1",
            also = {"S2", "S3"})
    DROPS_ONE_AT_EACH_SEAM {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public ScanPage scan(ScanRequest request) {
                    ScanPage page = super.scan(request);
                    List<BlobEntry> entries = page.entries();
                    return page.next().isEmpty()
                            ? page
                            : new ScanPage(entries.subList(0, entries.size() - 1), page.next());
                }
            };
        }
    },
    /** Tokens name cursors in the memory of this handle. */
    @Breaks("S2")
    FORGETS_TOKENS_ON_CLOSE {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            Map<String, String> cursors = new ConcurrentHashMap<>();
            return new ForwardingDriver(sound) {
                @Override
                public ScanPage scan(ScanRequest request) {
                    ScanRequest from = request.token()
                            .map(token -> request.after(cursors.getOrDefault(token, "")))
                            .orElse(request);
                    ScanPage page = super.scan(from);
                    page.next().ifPresent(token -> cursors.put(token, token));
                    return page;
                }
            };
        }
    },
    /** A token that is none begins a new scan. */
    @Breaks("S2")
    BEGINS_AGAIN_ON_A_BAD_TOKEN {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public ScanPage scan(ScanRequest request) {
                    try {
                        return super.scan(request);
                    } catch (IllegalArgumentException e) {
                        return super.scan(ScanRequest.first(request.limit()));
                    }
                }
            };
        }
    },
    /** A token is the number of digests visited, which removals shift. */
    @Breaks("S3")
    COUNTS_DIGESTS_FOR_A_TOKEN {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public ScanPage scan(ScanRequest request) {
                    int visited = request.token().map(Integer::parseInt).orElse(0);
                    List<BlobEntry> all = super.scan(
                                    new ScanRequest(PageRequest.MAX_LIMIT, request.duplicates(), Optional.empty()))
                            .entries();
                    List<BlobEntry> page =
                            all.stream().skip(visited).limit(request.limit()).toList();
                    int next = visited + page.size();
                    return new ScanPage(
                            page, next < all.size() ? Optional.of(Integer.toString(next)) : Optional.empty());
                }
            };
        }
    };
}
