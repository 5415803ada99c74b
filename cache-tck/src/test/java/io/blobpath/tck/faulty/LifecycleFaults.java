package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
            also = {"L1", "L3", "L4", "L8"})
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
            also = {"G5", "S2", "L1", "L3", "L7", "L8", "E1"})
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
            also = {"E1", "L1", "L2", "L8"})
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
    };

    private static final Map<String, Boolean> CLOSED = new ConcurrentHashMap<>();
}
