package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.lease.FakeLeaseDriver.Row;
import io.blobpath.cache.spi.LeaseAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue of this JVM, and the end of everything. */
@Timeout(60)
class DriverLeasesTest extends ManualLeases {
    private static final LeaseName NAME = LeaseName.of("name");
    private static final LeaseOptions PATIENT = LeaseOptions.DEFAULT.withPatience(Duration.ofHours(1));
    private static final long SMALL_STACK = 64 << 10;

    @Test
    void thousandsOfThreadsOnOneNameSendOneContenderAtATime() throws Exception {
        AtomicInteger asking = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        driver.acquire = claim -> {
            most.accumulateAndGet(asking.incrementAndGet(), Math::max);
            LeaseAttempt attempt = driver.answer(claim);
            asking.decrementAndGet();
            return attempt;
        };
        int[] counter = {0};
        Runnable caller = () -> {
            try (Lease lease = leases.acquire(NAME, PATIENT)) {
                counter[0]++;
            } catch (InterruptedException | LeaseTimeoutException e) {
                throw new AssertionError(e);
            }
        };

        int callers = runTogether(caller);

        assertThat(most).hasValue(1);
        assertThat(counter[0]).isEqualTo(callers);
        assertThat(driver.claims).as("questions to the store").hasSize(callers);
        assertThat(leases.footprint()).isZero();
    }

    @Test
    void differentNamesAskTheStoreAtTheSameTime() throws Exception {
        CompletableFuture<Void> both = new CompletableFuture<>();
        AtomicInteger asking = new AtomicInteger();
        driver.acquire = claim -> {
            if (asking.incrementAndGet() == 2) {
                both.complete(null);
            }
            both.join();
            return driver.answer(claim);
        };

        List<FutureTask<Lease>> callers = IntStream.range(0, 2)
                .mapToObj(i -> new FutureTask<>(() -> leases.acquire(LeaseName.of("name-" + i), PATIENT)))
                .toList();
        callers.forEach(DriverLeasesTest::start);

        for (FutureTask<Lease> caller : callers) {
            caller.get().close();
        }
    }

    @Test
    void closingSignalsAllLossesBeforeItAsksTheStore() throws Exception {
        List<Lease> held =
                IntStream.range(0, 50).mapToObj(i -> take("name-" + i)).toList();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        driver.beforeRelease = answer::join;
        FutureTask<Void> closing = new FutureTask<>(leases::close, null);
        start(closing);

        for (Lease lease : held) {
            assertThat(lease.lost().toCompletableFuture().get()).isEqualTo(LossCause.CLOSED);
            assertThat(lease.isHeld()).isFalse();
        }
        answer.complete(null);
        closing.get();

        assertThat(driver.rows).isEmpty();
    }

    @Test
    void closingAsksAStoreThatIsDownOnlyOnce() {
        IntStream.range(0, 50).forEach(i -> take("name-" + i));
        driver.beforeRelease = () -> {
            throw new CacheUnavailableException("no answer");
        };

        leases.close();

        assertThat(driver.released).hasSize(1);
    }

    @Test
    void closingEndsEveryWait() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        List<FutureTask<Lease>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(new FutureTask<>(() -> leases.acquire(NAME, PATIENT)));
            start(waiting.get(i));
        }
        timing.untilWaiting(1);

        leases.close();

        for (FutureTask<Lease> each : waiting) {
            assertThatThrownBy(each::get)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void aLeaseThatIsGrantedWhileTheCacheClosesIsGivenBackAndNotHandedOut() {
        driver.acquire = claim -> {
            leases.close();
            return driver.answer(claim);
        };

        assertThatThrownBy(() -> leases.tryAcquire(NAME, PATIENT)).isInstanceOf(IllegalStateException.class);

        assertThat(driver.rows).isEmpty();
    }

    @Test
    void nothingIsGrantedAfterTheClose() {
        leases.close();

        assertThatThrownBy(() -> leases.acquire(NAME, PATIENT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> leases.tryAcquire(NAME, PATIENT)).isInstanceOf(IllegalStateException.class);

        assertThat(driver.claims).isEmpty();
    }

    @Test
    void closingALeaseNeverThrows() {
        Lease lease = take("name");
        driver.beforeRelease = () -> {
            throw new IllegalArgumentException("a driver with a defect");
        };

        lease.close();
        lease.close();

        assertThat(lease.isHeld()).isFalse();
        assertThat(driver.released).hasSize(1);
    }

    @Test
    void anInterruptedHolderStillGivesItsLeaseBack() {
        Lease lease = take("name");
        driver.beforeRelease =
                () -> assertThat(Thread.currentThread().isInterrupted()).isFalse();

        Thread.currentThread().interrupt();
        lease.close();

        assertThat(Thread.interrupted()).as("interrupt flag afterwards").isTrue();
        assertThat(driver.rows).isEmpty();
    }

    @Test
    void severalLeasesAreTakenInTheOrderOfTheirNamesWhateverTheCallerSays() throws Exception {
        List<LeaseName> names = List.of(LeaseName.of("c"), LeaseName.of("a"), LeaseName.of("b"));

        try (LeaseSet set = leases.acquireAll(names, PATIENT)) {
            assertThat(set.leases()).extracting(Lease::name).isSorted();
        }

        assertThat(driver.claims).extracting(claim -> claim.name().toString()).containsExactly("a", "b", "c");
        assertThat(driver.rows).isEmpty();
    }

    private Lease take(String name) {
        return leases.tryAcquire(LeaseName.of(name), PATIENT).orElseThrow();
    }

    /** Runs the task in as many threads as this JVM bears, all at once, and tells how many that were. */
    private static int runTogether(Runnable task) throws Exception {
        Executor virtual = virtualThreads();
        int callers = Integer.getInteger("blobpath.callers", virtual == null ? 2_000 : 10_000);
        CompletableFuture<Void> go = new CompletableFuture<>();
        List<FutureTask<Void>> tasks = IntStream.range(0, callers)
                .mapToObj(i -> new FutureTask<Void>(
                        () -> {
                            go.join();
                            task.run();
                        },
                        null))
                .toList();
        for (FutureTask<Void> each : tasks) {
            if (virtual == null) {
                new Thread(null, each, "caller", SMALL_STACK).start();
            } else {
                virtual.execute(each);
            }
        }
        go.complete(null);
        for (FutureTask<Void> each : tasks) {
            each.get();
        }
        return callers;
    }

    /** One virtual thread for each task, if this JVM has them; null if not. */
    private static @Nullable Executor virtualThreads() {
        try {
            var start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return task -> {
                try {
                    start.invoke(null, task);
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(e.getMessage(), e);
                }
            };
        } catch (NoSuchMethodException absent) {
            return null;
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
    }
}
