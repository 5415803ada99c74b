package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheInUseException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bugs between open and close. */
enum LifecycleFaults implements Fault {
    /** A closed handle goes on. */
    @Breaks(
            value = "L1",
            also = {"L2"})
    ANSWERS_AFTER_CLOSE {
        @Override
        public BlobPathCache cache(BlobPathCache sound) {
            AtomicBoolean closed = new AtomicBoolean();
            return new ForwardingCache(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    return closed.get() ? Optional.empty() : super.canonical(digest);
                }

                @Override
                public void close() {
                    closed.set(true);
                    super.close();
                }
            };
        }
    },
    /** Closing closes what other handles use as well. */
    @Breaks(
            value = "L2",
            also = {"L1", "L3", "L4", "L8", "L9"})
    CLOSES_FOR_OTHERS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    if (CLOSED.getOrDefault(options.store(), false)) {
                        throw new IllegalStateException("the store is closed");
                    }
                    return super.canonical(digest);
                }

                @Override
                public void close() {
                    CLOSED.put(options.store(), true);
                }
            };
        }
    },
    /** Closing a second time throws. */
    @Breaks(
            value = "L2",
            also = {"E1", "G5", "L1", "L3", "L7", "L8", "L9", "S2"})
    FAILS_ON_THE_SECOND_CLOSE {
        @Override
        public BlobPathCache cache(BlobPathCache sound) {
            AtomicBoolean closed = new AtomicBoolean();
            return new ForwardingCache(sound) {
                @Override
                public void close() {
                    if (closed.getAndSet(true)) {
                        throw new IllegalStateException("the cache is closed");
                    }
                    super.close();
                }
            };
        }
    },
    /** What was written last is lost with the handle. */
    @Breaks(
            value = "L3",
            also = {"E1", "E6", "L1", "L2", "L8"})
    LOSES_DUPLICATES_ON_CLOSE {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public void close() {
                    ScanRequest request =
                            ScanRequest.first(PageRequest.MAX_LIMIT).withDuplicates(PageRequest.MAX_LIMIT);
                    for (BlobEntry entry : super.scan(request).entries()) {
                        entry.duplicates().forEach(path -> super.remove(entry.digest(), path));
                    }
                }
            };
        }
    },
    /** A handle remembers what it looked up, and hears of its own changes only. */
    @Breaks(
            value = "L4",
            also = {"D4", "C1", "C2", "C3", "C4"})
    REMEMBERS_LOOKUPS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            Map<Digest, Optional<BlobPath>> seen = new ConcurrentHashMap<>();
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    return seen.computeIfAbsent(digest, super::canonical);
                }

                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    seen.remove(digest);
                    return super.put(digest, path);
                }

                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    seen.remove(digest);
                    return super.remove(digest, path);
                }
            };
        }
    },
    /** Look-ups go to a replica, which has not heard yet of the last change by another handle. */
    @Breaks(
            value = "L4",
            also = {"C2", "L2", "L3"})
    READS_A_REPLICA {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    Lag lag = LAGS.remove(options.store() + digest);
                    return lag == null || lag.by() == this ? super.canonical(digest) : lag.before();
                }

                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    Lag lag = new Lag(this, super.canonical(digest));
                    PutResult result = super.put(digest, path);
                    LAGS.put(options.store() + digest, lag);
                    return result;
                }
            };
        }
    },
    /** The file of the store is locked by the first handle. */
    @Breaks(
            value = "L4",
            also = {"C1", "C2", "E5", "L1", "L2", "L8", "L9", "S2"})
    REFUSES_A_SECOND_HANDLE {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            if (!OPEN.add(options.store())) {
                throw new CacheInUseException("the store is open");
            }
            return new ForwardingDriver(sound) {
                @Override
                public void close() {
                    OPEN.remove(options.store());
                }
            };
        }
    },
    /** A thread that every handle starts goes on when it is closed. */
    @Breaks("L9")
    LEAVES_A_THREAD {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            CountDownLatch end = REFRESHED.computeIfAbsent(options.store(), store -> new CountDownLatch(1));
            Thread refresher = new Thread(() -> await(end), "refresher");
            refresher.setDaemon(true);
            refresher.start();
            return sound;
        }

        @Override
        public void end(String store) {
            CountDownLatch end = REFRESHED.remove(store);
            if (end != null) {
                end.countDown();
            }
        }
    };

    private static final Map<String, CountDownLatch> REFRESHED = new ConcurrentHashMap<>();
    private static final Map<String, Lag> LAGS = new ConcurrentHashMap<>();
    private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();
    private static final Map<String, Boolean> CLOSED = new ConcurrentHashMap<>();

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a replica shows until somebody has looked, and whose change it is. */
    private record Lag(CacheDriver by, Optional<BlobPath> before) {}
}
