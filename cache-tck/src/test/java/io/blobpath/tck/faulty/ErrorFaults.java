package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.CacheDriver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bugs in what is seen when something outside fails. */
enum ErrorFaults implements Fault {
    /** A look-up that failed is taken for one that found nothing. */
    @Breaks(
            value = "E1",
            also = {"E2", "E5"})
    TAKES_A_FAILURE_FOR_ABSENT {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    try {
                        return super.canonical(digest);
                    } catch (BlobPathCacheException e) {
                        return Optional.empty();
                    }
                }
            };
        }
    },
    /** The failure is wrapped in one that does not tell where it happened. */
    @Breaks(
            value = "E2",
            also = {"E5"})
    HIDES_WHERE_IT_FAILED {
        @Override
        public BlobPathCache cache(BlobPathCache sound) {
            return new ForwardingCache(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    try {
                        return super.canonical(digest);
                    } catch (BlobPathCacheException e) {
                        throw new CacheUnavailableException("the backend failed", e);
                    }
                }
            };
        }
    },
    /** The password is among the facts for an operator. */
    @Breaks("E3")
    TELLS_THE_PASSWORD {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public CacheInfo info() {
                    CacheInfo info = super.info();
                    Map<String, String> details =
                            Map.of("password", options.password().reveal());
                    return new CacheInfo(info.driver(), info.storeId(), info.schema(), info.records(), details);
                }
            };
        }
    },
    /** A remove that failed is taken up again where the canonical path is. */
    @Breaks("E4")
    REPEATS_BY_POSITION {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            AtomicBoolean failed = new AtomicBoolean();
            return new ForwardingDriver(sound) {
                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    try {
                        boolean again = failed.getAndSet(false);
                        return super.remove(
                                digest, again ? super.canonical(digest).orElse(path) : path);
                    } catch (CacheUnavailableException e) {
                        failed.set(true);
                        throw e;
                    }
                }
            };
        }
    },
    /** The interrupt flag is taken down, and nobody is told. */
    @Breaks("E5")
    SWALLOWS_INTERRUPTS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    boolean ignored = Thread.interrupted();
                    return super.canonical(digest);
                }
            };
        }
    };
}
