package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import java.util.Comparator;
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
    },
    /** A scan goes by canonical path, which promotions change on the way. */
    @Breaks("S3")
    SCANS_BY_PATH {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public ScanPage scan(ScanRequest request) {
                    String token = request.token().orElse(" ");
                    if (!token.contains(" ")) {
                        throw new IllegalArgumentException("invalid scan token: " + token);
                    }
                    ScanRequest all = ScanRequest.first(PageRequest.MAX_LIMIT).withDuplicates(request.duplicates());
                    List<BlobEntry> rest = super.scan(all).entries().stream()
                            .sorted(Comparator.comparing(ScanFaults::place))
                            .filter(entry -> place(entry).compareTo(token) > 0)
                            .toList();
                    if (rest.size() <= request.limit()) {
                        return new ScanPage(rest, Optional.empty());
                    }
                    List<BlobEntry> page = rest.subList(0, request.limit());
                    return new ScanPage(page, Optional.of(place(page.get(page.size() - 1))));
                }
            };
        }
    },
    /** Repositories inside of repositories are not looked for. */
    @Breaks("S1")
    SKIPS_NESTED_PATHS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public ScanPage scan(ScanRequest request) {
                    ScanPage page = super.scan(request);
                    return new ScanPage(
                            page.entries().stream()
                                    .filter(entry ->
                                            entry.canonical().toString().split("/").length < 5)
                                    .toList(),
                            page.next());
                }
            };
        }
    };

    private static String place(BlobEntry entry) {
        return entry.canonical() + " " + entry.digest();
    }
}
