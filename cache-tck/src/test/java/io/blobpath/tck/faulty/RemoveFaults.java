package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.CacheDriver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
    };
}
