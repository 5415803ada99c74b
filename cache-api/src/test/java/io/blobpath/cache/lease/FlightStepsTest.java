package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.lease.FakeLeaseDriver.Row;
import io.blobpath.cache.spi.LeaseRenewal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a flight does between its call and its work, and how its work ends, with time moved by hand. */
@Timeout(60)
class FlightStepsTest extends ManualFlights {
    private static final LeaseName OTHER = LeaseName.of("other");

    @Test
    void whatTheCallerFindsNeedsNoFlight() throws Exception {
        SingleFlight noThreads = leases.singleFlight(task -> {
            throw new AssertionError("a flight");
        });

        assertThat(noThreads.run(KEY, () -> Optional.of("there"), context -> "made", ONCE))
                .isEqualTo("there");
    }

    @Test
    void whatTheFlightFindsNeedsNoLease() throws Exception {
        assertThat(flights.run(KEY, foundAtLook(2), context -> "made", ONCE)).isEqualTo("found");

        assertThat(driver.claims).isEmpty();
    }

    @Test
    void whatTheLeaderFindsNeedsNoWork() throws Exception {
        assertThat(flights.run(KEY, foundAtLook(3), context -> "made", ONCE)).isEqualTo("found");

        assertThat(driver.claims).hasSize(1);
        assertThat(driver.rows).isEmpty();
    }

    @Test
    void aFlightQueuesUpBehindAHolderOfItsOwnProcess() throws Exception {
        Lease held = leases.tryAcquire(KEY, LeaseOptions.DEFAULT).orElseThrow();
        CountDownLatch looked = new CountDownLatch(1);
        CompletableFuture<String> caller = flights.runAsync(
                KEY,
                () -> {
                    looked.countDown();
                    return Optional.empty();
                },
                context -> "made with fence " + context.lease().orElseThrow().fence(),
                ONCE);
        looked.await();

        held.close();

        assertThat(caller.get()).isEqualTo("made with fence " + (held.fence() + 1));
    }

    @Test
    void progressOfTheWorkTravelsWithTheRenewal() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<String> caller = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    context.progress(42);
                    told.countDown();
                    go.await();
                    return "made";
                },
                ONCE);
        told.await();

        timing.advance(Duration.ofSeconds(10));
        go.countDown();

        assertThat(caller.get()).isEqualTo("made");
        assertThat(driver.renewals)
                .singleElement()
                .satisfies(batch ->
                        assertThat(batch).extracting(LeaseRenewal::progress).containsExactly(42L));
    }

    @Test
    void eachWorkIsInterruptedAtItsOwnTime() throws Exception {
        driver.rows.put(OTHER, Row.foreign(OTHER, 1));
        CompletableFuture<String> waiting = flights.runAsync(OTHER, Optional::empty, context -> "made", ONCE);
        timing.untilWaiting(1);
        CompletableFuture<String> slow = endless("slow", Duration.ofSeconds(20));
        CompletableFuture<String> slower = endless("slower", Duration.ofSeconds(25));
        CompletableFuture<String> brief = endless("brief", Duration.ofSeconds(10));

        timing.poll(Duration.ofSeconds(10), waiting);
        assertThatThrownBy(brief::get).cause().hasCauseInstanceOf(InterruptedException.class);
        assertThat(slow).isNotDone();
        timing.poll(Duration.ofSeconds(10), waiting);
        assertThatThrownBy(slow::get).cause().hasCauseInstanceOf(InterruptedException.class);
        assertThat(slower).isNotDone();
        timing.poll(Duration.ofSeconds(5), waiting);
        assertThatThrownBy(slower::get).cause().hasCauseInstanceOf(InterruptedException.class);

        assertThat(waiting).isNotDone();
        driver.rows.clear();
        timing.poll(driver.polling().last(), waiting);
        assertThat(waiting.get()).isEqualTo("made");
    }

    @Test
    void whoeverLeavesInThePauseBetweenAttemptsEndsTheFlight() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<String> caller = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    runs.incrementAndGet();
                    throw new IOException("connection reset");
                },
                FlightOptions.builder()
                        .onCallersGone(FlightOptions.OnCallersGone.CANCEL)
                        .build());
        timing.untilWaiting(1);

        caller.cancel(true);
        pool.shutdown();

        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void workMayAskForOtherWorkAndStillNotForItself() throws Exception {
        SingleFlight direct = leases.singleFlight(Runnable::run);
        Work<String> nested = outer -> direct.run(OTHER, Optional::empty, inner -> "made inside", ONCE);

        Work<String> twice = outer -> nested.run(outer) + nested.run(outer);
        assertThat(direct.run(KEY, Optional::empty, twice, ONCE)).isEqualTo("made insidemade inside");
        assertThatThrownBy(() -> direct.run(
                        KEY,
                        Optional::empty,
                        outer -> nested.run(outer) + direct.run(KEY, Optional::empty, inner -> "never", ONCE),
                        ONCE))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(direct.run(KEY, Optional::empty, nested, ONCE)).isEqualTo("made inside");
    }

    @Test
    void aTransientFailureIsNotDefinitive() {
        assertThatThrownBy(() -> flights.run(
                        KEY,
                        Optional::empty,
                        context -> {
                            throw new IOException("connection reset");
                        },
                        ONCE))
                .isInstanceOfSatisfying(
                        FlightException.class,
                        failure -> assertThat(failure.isDefinitive()).isFalse());
    }

    /** Work that only its interrupt ends, and that has begun. */
    private CompletableFuture<String> endless(String name, Duration workTime) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CompletableFuture<String> caller = flights.runAsync(
                LeaseName.of(name),
                Optional::empty,
                context -> {
                    working.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                },
                FlightOptions.builder().attempts(1).workTime(workTime).build());
        working.await();
        return caller;
    }

    private static Probe<String> foundAtLook(int number) {
        AtomicInteger looks = new AtomicInteger();
        return () -> looks.incrementAndGet() == number ? Optional.of("found") : Optional.empty();
    }
}
