package io.blobpath.benchmarks.redis;

import io.blobpath.benchmarks.report.Samples;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.SingleFlight;
import io.blobpath.redis.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    private final String address;
    private final RedisOptions options;

    RedisWaits(String address) {
        this.address = address;
        options = RedisOptions.single(address).withPrefix("waits:" + UUID.randomUUID());
    }

    /** A way to hold a name at one client. */
    private interface Holding {
        AutoCloseable take() throws Exception;
    }

    /** What two clients have in common, and how long they took. */
    private record HandOff(Holding one, Holding other, List<Double> millis) {
        HandOff(Holding one, Holding other) {
            this(one, other, new ArrayList<>());
        }
    }

    /**
     * From the release by one client to the grant for another one that waits; the median. Ours and that of Redisson's lock, one
     * after the other in each round: what a thread that slept takes to wake is the machine's mood.
     */
    void handOff(Samples samples) throws Exception {
        LeaseName name = LeaseName.of("hand-off");
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try (BlobPathCache one = open();
                BlobPathCache other = open();
                BareRedis bareOne = new BareRedis(address);
                BareRedis bareOther = new BareRedis(address)) {
            HandOff ours = new HandOff(
                    () -> one.leases().acquire(name, PATIENT),
                    () -> other.leases().acquire(name, PATIENT));
            HandOff theirs = new HandOff(() -> bareOne.lock("hand-off"), () -> bareOther.lock("hand-off"));
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                handOff(ours, waiter, round);
                handOff(theirs, waiter, round);
            }
            samples.add("hand-off", Samples.median(ours.millis));
            samples.add("bareHandOff", Samples.median(theirs.millis));
        } finally {
            waiter.shutdown();
        }
    }

    private static void handOff(HandOff way, ExecutorService waiter, int round) throws Exception {
        AutoCloseable held = way.one.take();
        Future<Long> granted = waiter.submit(() -> {
            try (AutoCloseable taken = way.other.take()) {
                long now = System.nanoTime();
                return taken == null ? 0 : now;
            }
        });
        LockSupport.parkNanos(SETTLE);
        long released = System.nanoTime();
        held.close();
        double took = (granted.get() - released) / 1e6;
        if (round >= 0) {
            way.millis.add(took);
        }
    }

    /** From the end of one flight to the last of those that wait for it, half of them at another client; the median. */
    double drain() throws Exception {
        List<Double> millis = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (BlobPathCache one = open();
                BlobPathCache other = open()) {
            List<SingleFlight> nodes =
                    List.of(one.leases().singleFlight(threads), other.leases().singleFlight(threads));
            for (int round = 0; round < ROUNDS / 10; round++) {
                millis.add(drainOnce(nodes, LeaseName.of("drain-" + round)));
            }
        } finally {
            threads.shutdown();
        }
        return Samples.median(millis);
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
