package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.PathSlice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Bugs in what is seen when something outside fails. */
enum ErrorFaults implements Fault {
    /** A look-up that failed is taken for one that found nothing. */
    @Breaks(
            value = "E1",
            also = {"E2", "E5", "E6"})
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
            also = {"E5", "E6"})
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
    },
    /** The backend is waited for as long as it takes. */
    @Breaks("E1")
    WAITS_WITHOUT_A_DEADLINE {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public ScanPage scan(ScanRequest request) {
                    long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
                    while (true) {
                        try {
                            return super.scan(request);
                        } catch (CacheUnavailableException e) {
                            if (System.nanoTime() > end) {
                                throw e;
                            }
                        }
                    }
                }
            };
        }
    },
    /** The refusal of the backend is passed on with the password that was refused. */
    @Breaks(
            value = "E3",
            also = {"E2"})
    QUOTES_THE_PASSWORD_IN_ERRORS {
        @Override
        public BlobPathCache open(CacheConfig config, Function<CacheConfig, BlobPathCache> sound) {
            try {
                return sound.apply(config);
            } catch (CacheMismatchException e) {
                throw new CacheMismatchException(
                        e.getMessage(), new IllegalStateException("login with " + FaultyHarness.PASSWORD + " failed"));
            }
        }
    },
    /** A put that cannot read the entry takes it for new, and its path for canonical. */
    @Breaks("E4")
    OVERWRITES_WHAT_IT_CANNOT_READ {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                private final Set<Digest> unread = ConcurrentHashMap.newKeySet();

                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    try {
                        PutResult result = super.put(digest, path);
                        if (unread.remove(digest)) {
                            promote(digest, path);
                            return new PutResult(true, path);
                        }
                        return result;
                    } catch (CacheUnavailableException e) {
                        unread.add(digest);
                        throw e;
                    }
                }
            };
        }
    },
    /** A remove that cannot read the entry drops it. */
    @Breaks("E4")
    DROPS_WHAT_IT_CANNOT_READ {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                private final Set<Digest> unread = ConcurrentHashMap.newKeySet();

                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    try {
                        if (unread.remove(digest)) {
                            all(digest).forEach(each -> super.remove(digest, each));
                        }
                        return super.remove(digest, path);
                    } catch (CacheUnavailableException e) {
                        unread.add(digest);
                        throw e;
                    }
                }
            };
        }
    },
    /** A record that cannot be read is taken for none. */
    @Breaks("E6")
    TAKES_DAMAGE_FOR_ABSENT {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    try {
                        return super.canonical(digest);
                    } catch (CacheCorruptedException e) {
                        return Optional.empty();
                    }
                }
            };
        }
    },
    /** Nothing shows that a record changed, so that what it says now is answered. */
    @Breaks("E6")
    ANSWERS_WHAT_IT_FINDS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
                    try {
                        return super.paths(digest, after, limit);
                    } catch (CacheCorruptedException e) {
                        BlobPath found = BlobPath.of("some/patx");
                        return new PathSlice(Optional.of(found), List.of(found));
                    }
                }
            };
        }
    };
}
