package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.CacheDriver;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Bugs in what a remove takes away, promotes and answers. */
enum RemoveFaults implements Fault {
    /** Each remove promotes, also that of a duplicate. */
    @Breaks(
            value = "D1",
            also = {"G2", "D2", "D3", "D5", "B1", "B2", "C2", "C4"})
    PROMOTES_ALWAYS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    if (result.equals(RemoveResult.duplicate())) {
                        promote(digest, all(digest).get(0));
                    }
                    return result;
                }
            };
        }
    },
    /** The next canonical path is the smallest in the order of Java's strings. */
    @Breaks("D2")
    PROMOTES_BY_UTF16 {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    if (result.promoted().isEmpty()) {
                        return result;
                    }
                    List<BlobPath> remaining = all(digest);
                    BlobPath first = remaining.stream()
                            .min(Comparator.comparing(BlobPath::toString))
                            .orElseThrow();
                    if (!first.equals(remaining.get(0))) {
                        promote(digest, first);
                    }
                    return RemoveResult.promoted(first);
                }
            };
        }
    },
    /** The last path stays behind as the canonical one of a digest that has none. */
    @Breaks(
            value = "D3",
            also = {"B1", "B2", "C2", "C4", "D4", "E4", "L3", "L4", "P1", "P2"})
    LEAVES_A_GHOST {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            Map<Digest, BlobPath> ghosts = new ConcurrentHashMap<>();
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    return super.canonical(digest).or(() -> Optional.ofNullable(ghosts.get(digest)));
                }

                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    if (result.last()) {
                        ghosts.put(digest, path);
                    }
                    return result;
                }
            };
        }
    },
    /** Removing is told to have worked, whatever was there. */
    @Breaks(
            value = "D4",
            also = {"B1", "B2", "C2", "C4"})
    SAYS_REMOVED_ALWAYS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    return result.removed() ? result : RemoveResult.duplicate();
                }
            };
        }
    },
    /** The promotion happens and is not told. */
    @Breaks(
            value = "D5",
            also = {"G4", "D2", "B1", "B2", "C2", "C4"})
    PROMOTES_SILENTLY {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    return result.promoted().isPresent() ? RemoveResult.duplicate() : result;
                }
            };
        }
    },
    /** The path that was recorded first of the remaining ones is promoted. */
    @Breaks(
            value = "D2",
            also = {"C2"})
    PROMOTES_THE_OLDEST {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                private final Map<Digest, List<BlobPath>> asPut = new ConcurrentHashMap<>();

                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    PutResult result = super.put(digest, path);
                    if (result.added()) {
                        asPut.computeIfAbsent(digest, first -> new CopyOnWriteArrayList<>())
                                .add(path);
                    }
                    return result;
                }

                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    List<BlobPath> order = asPut.computeIfAbsent(digest, first -> new CopyOnWriteArrayList<>());
                    order.remove(path);
                    RemoveResult result = super.remove(digest, path);
                    if (result.promoted().isEmpty() || order.isEmpty()) {
                        return result;
                    }
                    promote(digest, order.get(0));
                    return RemoveResult.promoted(order.get(0));
                }
            };
        }
    },
    /** Any of the remaining paths is promoted, as a set gives them out. */
    @Breaks("D2")
    PROMOTES_ANY {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    if (result.promoted().isEmpty()) {
                        return result;
                    }
                    BlobPath any = new HashSet<>(all(digest)).iterator().next();
                    promote(digest, any);
                    return RemoveResult.promoted(any);
                }
            };
        }
    },
    /** The canonical path of an entry with duplicates cannot be got rid of. */
    @Breaks(
            value = "D2",
            also = {"B1", "B2", "C2", "D3", "D4", "D5", "E4", "G3", "L3", "L4", "P5"})
    KEEPS_THE_CANONICAL_PATH {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    if (result.promoted().isPresent()) {
                        super.put(digest, path);
                        promote(digest, path);
                    }
                    return result;
                }
            };
        }
    },
    /** Removing what is absent is an error on this driver, and none on others. */
    @Breaks(
            value = "D4",
            also = {"B1", "B2", "C2", "E4", "S3"})
    FAILS_ON_WHAT_IS_ABSENT {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    RemoveResult result = super.remove(digest, path);
                    if (!result.removed()) {
                        throw new CacheCorruptedException("no such record");
                    }
                    return result;
                }
            };
        }
    };
}
