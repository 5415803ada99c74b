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
import java.util.HashSet;
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
    },
    /** The canonical path is kept beside the others, and {@code contains} looks among the others. */
    @Breaks(
            value = "G3",
            also = {
                "B1", "B2", "B3", "C1", "C2", "D1", "D2", "D3", "D4", "E1", "E4", "E5", "G2", "G4", "L1", "L2", "L3",
                "L4", "L8", "P1", "P2", "P3", "P6"
            })
    FINDS_DUPLICATES_ONLY {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public boolean contains(Digest digest, BlobPath path) {
                    return super.contains(digest, path)
                            && !super.canonical(digest).equals(Optional.of(path));
                }
            };
        }
    },
    /** Only the first path of a digest is recorded; the others are said to be. */
    @Breaks(
            value = "G3",
            also = {
                "B1", "B2", "B3", "C1", "C2", "D1", "D2", "D3", "D4", "D5", "E4", "G2", "G4", "G5", "L1", "L2", "L3",
                "L4", "L8", "P2", "P3", "P5", "P6", "S1", "S3"
            })
    FORGETS_DUPLICATES {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    return super.canonical(digest)
                            .map(canonical -> new PutResult(!path.equals(canonical), canonical))
                            .orElseGet(() -> super.put(digest, path));
                }
            };
        }
    },
    /** Paths are listed in the order of a hash set. */
    @Breaks(
            value = "G4",
            also = {"P3", "P6"})
    LISTS_IN_HASH_ORDER {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
                    List<BlobPath> hashed = new ArrayList<>(new HashSet<>(all(digest)));
                    int from = after.map(hashed::indexOf).orElse(-1) + 1;
                    return new PathSlice(
                            super.canonical(digest), hashed.subList(from, Math.min(hashed.size(), from + limit)));
                }
            };
        }
    },
    /** The listing reads the duplicates, and finds nothing if there are none. */
    @Breaks(
            value = "G4",
            also = {"B1", "C1", "C2", "D1", "D4", "E1", "E4", "E5", "L2", "L3", "L4", "L8", "P1", "P2"})
    LISTS_NOTHING_WITHOUT_DUPLICATES {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
                    return all(digest).size() == 1
                            ? new PathSlice(Optional.empty(), List.of())
                            : super.paths(digest, after, limit);
                }
            };
        }
    };
}
