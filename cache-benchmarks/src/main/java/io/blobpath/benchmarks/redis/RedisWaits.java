package io.blobpath.benchmarks.redis;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.SingleFlight;
import io.blobpath.redis.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** How long it takes until another client of the server notices that a wait is over; in milliseconds. */
final class RedisWaits {
    private static final int ROUNDS = 200;
    /** As in the other benchmarks: what is measured is code that has run before. */
    private static final int WARM_UP = 200;

    private static final int WAITERS = 64;
    private static final long SETTLE = TimeUnit.MILLISECONDS.toNanos(30);
    private static final LeaseOptions PATIENT = LeaseOptions.DEFAULT.withPatience(Duration.ofMinutes(1));

    private final RedisOptions options;

    RedisWaits(String address) {
        options = RedisOptions.single(address).withPrefix("waits:" + UUID.randomUUID());
    }

    /** From the release by one client to the grant for another one that waits; the median. */
    double handOff() throws Exception {
        LeaseName name = LeaseName.of("hand-off");
        SynchronousQueue<Long> grants = new SynchronousQueue<>();
        double[] millis = new double[ROUNDS];
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try (BlobPathCache one = open();
                BlobPathCache other = open()) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                Lease held = one.leases().acquire(name, PATIENT);
                Future<?> waiting = waiter.submit(() -> {
                    try (Lease lease = other.leases().acquire(name, PATIENT)) {
                        grants.put(lease.isHeld() ? System.nanoTime() : 0);
                    }
                    return name;
                });
                LockSupport.parkNanos(SETTLE);
                long released = System.nanoTime();
                held.close();
                double took = (grants.take() - released) / 1e6;
                if (round >= 0) {
                    millis[round] = took;
                }
                waiting.get();
            }
        } finally {
            waiter.shutdown();
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    /** From the end of one flight to the last of those that wait for it, half of them at another client; the median. */
    double drain() throws Exception {
        double[] millis = new double[ROUNDS / 10];
        ExecutorService threads = Executors.newCachedThreadPool();
        try (BlobPathCache one = open();
                BlobPathCache other = open()) {
            List<SingleFlight> nodes =
                    List.of(one.leases().singleFlight(threads), other.leases().singleFlight(threads));
            for (int round = 0; round < millis.length; round++) {
                millis[round] = drainOnce(nodes, LeaseName.of("drain-" + round));
            }
        } finally {
            threads.shutdown();
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    private static double drainOnce(List<SingleFlight> nodes, LeaseName name) throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            waiters.add(nodes.get(i % 2)
                    .runAsync(
                            name,
                            () -> done.get() ? Optional.of(true) : Optional.empty(),
                            context -> {
                                working.countDown();
                                mayEnd.await();
                                done.set(true);
                                return true;
                            },
                            FlightOptions.DEFAULT));
        }
        working.await();
        LockSupport.parkNanos(SETTLE);
        long end = System.nanoTime();
        mayEnd.countDown();
        CompletableFuture.allOf(waiters.toArray(CompletableFuture<?>[]::new)).get();
        return (System.nanoTime() - end) / 1e6;
    }

    private BlobPathCache open() {
        return BlobPathCaches.open(CacheConfig.of(options).withOperationTimeout(Duration.ofMinutes(1)));
    }
}
