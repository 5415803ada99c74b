package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.PathSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Bugs in what look-ups answer. */
enum LookupFaults implements Fault {
    /** A cursor is set to the key or the next larger one, and nobody looks which it was. */
    @Breaks(
            value = "G1",
            also = {"P1", "D3", "D4", "B1", "B2", "L3", "L4", "L8", "C2", "C4"})
    ANSWERS_FOR_THE_NEXT_DIGEST {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    return super.canonical(digest)
                            .or(() -> super.scan(ScanRequest.first(1).after(digest.toString())).entries().stream()
                                    .map(entry -> entry.canonical())
                                    .findFirst());
                }
            };
        }
    },
    /** The canonical path is read as the first of the sorted paths. */
    @Breaks(
            value = "G2",
            also = {"B1", "B2", "B3", "C1", "C4", "D1", "D2", "D3", "D4", "E4", "G4", "L3", "L4", "P2", "P3"})
    TAKES_THE_SMALLEST_FOR_CANONICAL {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    return super.paths(digest, Optional.empty(), 1).ascending().stream()
                            .findFirst();
                }
            };
        }
    },
    /** A path is taken for recorded if it begins a recorded one. */
    @Breaks(
            value = "G3",
            also = {"P6"})
    COMPARES_BEGINNINGS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public boolean contains(Digest digest, BlobPath path) {
                    return super.contains(digest, path)
                            || all(digest).stream()
                                    .anyMatch(each -> each.toString().startsWith(path.toString()));
                }
            };
        }
    },
    /** Paths are listed in the order of Java's strings. */
    @Breaks(
            value = "G4",
            also = {"P6"})
    LISTS_BY_UTF16 {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
                    Comparator<BlobPath> order = Comparator.comparing(BlobPath::toString);
                    List<BlobPath> sorted = all(digest).stream()
                            .sorted(order)
                            .filter(path -> after.isEmpty() || order.compare(path, after.get()) > 0)
                            .limit(limit)
                            .toList();
                    return new PathSlice(super.canonical(digest), sorted);
                }
            };
        }
    },
    /** A list that callers may change is handed out. */
    @Breaks("G5")
    HANDS_OUT_ITS_OWN_LIST {
        @Override
        public BlobPathCache cache(BlobPathCache sound) {
            return new ForwardingCache(sound) {
                @Override
                public List<PutResult> putAll(List<BlobRecord> records) {
                    return new ArrayList<>(super.putAll(records));
                }
            };
        }
    };
}
