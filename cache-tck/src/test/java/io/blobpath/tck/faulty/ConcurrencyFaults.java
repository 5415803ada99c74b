package io.blobpath.tck.faulty;

import static java.util.Objects.requireNonNull;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.PathSlice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Bugs that only several threads meet. */
enum ConcurrencyFaults implements Fault {
    /** The canonical path is read first, and the answer made of that. */
    @Breaks(
            value = "C1",
            also = {"C2", "C4"})
    READS_THEN_PUTS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    Optional<BlobPath> canonical = super.canonical(digest);
                    Fault.pause();
                    return new PutResult(super.put(digest, path).added(), canonical.orElse(path));
                }
            };
        }
    },
    /** The entry is taken out, and put back with the new path. */
    @Breaks(
            value = "C2",
            also = {"C1", "C3", "C4", "E4", "L1"})
    REWRITES_THE_ENTRY {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    List<BlobPath> before = all(digest);
                    if (before.size() != 1) {
                        return super.put(digest, path);
                    }
                    super.remove(digest, before.get(0));
                    Fault.pause();
                    super.put(digest, before.get(0));
                    return super.put(digest, path);
                }
            };
        }
    },
    /** The digest of the call under way is kept in a field. */
    @Breaks(
            value = "C3",
            also = {"C1", "C2", "C4", "L1"})
    KEEPS_THE_CALL_IN_A_FIELD {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            AtomicReference<Digest> current = new AtomicReference<>();
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    current.set(digest);
                    Fault.pause();
                    return super.put(requireNonNull(current.get()), path);
                }
            };
        }
    },
    /** The canonical path and the listing are read one after the other. */
    @Breaks(
            value = "C4",
            also = {"C2"})
    READS_IN_TWO_STEPS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
                    Optional<BlobPath> canonical = super.canonical(digest);
                    Fault.pause();
                    return new PathSlice(
                            canonical, super.paths(digest, after, limit).ascending());
                }
            };
        }
    },
    /** The entry is one item, which each put reads, changes and writes back as a whole. */
    @Breaks("C1")
    WRITES_BACK_WHAT_IT_READ {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    List<BlobPath> read = all(digest);
                    Fault.pause();
                    PutResult result = super.put(digest, path);
                    all(digest).stream()
                            .filter(each ->
                                    !each.equals(path) && !each.equals(result.canonical()) && !read.contains(each))
                            .forEach(each -> super.remove(digest, each));
                    return result;
                }
            };
        }
    },
    /** The last path is found to be the last, and then the digest is deleted with whatever it has by then. */
    @Breaks(
            value = "C2",
            also = {})
    DELETES_THE_DIGEST_IN_A_SECOND_STEP {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    if (!all(digest).equals(List.of(path))) {
                        return super.remove(digest, path);
                    }
                    Fault.pause();
                    all(digest).forEach(each -> super.remove(digest, each));
                    return RemoveResult.lastPath();
                }
            };
        }
    };
}
