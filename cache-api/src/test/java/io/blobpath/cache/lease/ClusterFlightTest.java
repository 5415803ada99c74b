package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.lease.FakeLeaseDriver.Row;
import io.blobpath.cache.lease.FlightOptions.OnStoreDown;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flights under a lease, with a store whose answers the tests choose. */
@Timeout(60)
class ClusterFlightTest extends ManualFlights {
    private static final FlightOptions PROCEED =
            FlightOptions.builder().onStoreDown(OnStoreDown.PROCEED).attempts(1).build();

    @Test
    void whoFindsTheLeaseHeldGetsTheResultAtTheNextLookWithoutALease() throws Exception {
        AtomicReference<@Nullable String> result = new AtomicReference<>();
        driver.rows.put(KEY, Row.foreign(KEY, 1));
        CompletableFuture<String> caller =
                flights.runAsync(KEY, () -> Optional.ofNullable(result.get()), context -> "made here", ONCE);
        timing.untilWaiting(1);
        int asked = driver.claims.size();

        result.set("made there");
        timing.advance(driver.polling().first());

        assertThat(caller.get()).isEqualTo("made there");
        assertThat(driver.claims).hasSize(asked);
    }

    @Test
    void aCallerWithoutProgressGivesUpAndIsToldWhoHoldsTheLease() throws Exception {
        driver.rows.put(KEY, Row.foreign(KEY, 1, 0));
        CompletableFuture<String> flight = flights.runAsync(KEY, Optional::empty, context -> "made here", ONCE);
        timing.untilWaiting(1);
        FlightOptions impatient =
                FlightOptions.builder().stall(Duration.ofMillis(50)).build();

        assertThatThrownBy(() -> flights.run(KEY, Optional::empty, context -> "never", impatient))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContainingAll("no progress", "held by another node");

        driver.rows.clear();
        timing.advance(driver.polling().first());
        assertThat(flight.get()).isEqualTo("made here");
    }

    @Test
    void patienceEndsTheWaitOfOneCaller() throws Exception {
        driver.rows.put(KEY, Row.foreign(KEY, 1));
        CompletableFuture<String> flight = flights.runAsync(KEY, Optional::empty, context -> "made here", ONCE);
        FlightOptions impatient =
                FlightOptions.builder().patience(Duration.ofMillis(20)).build();
        timing.untilWaiting(1);

        assertThatThrownBy(() -> flights.run(KEY, Optional::empty, context -> "never", impatient))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("PT0.02S");

        assertThat(flights.callers(KEY)).as("those who wait still").isEqualTo(1);
        assertThat(flight).isNotDone();
        driver.rows.clear();
        timing.advance(driver.polling().first());
        assertThat(flight.get()).isEqualTo("made here");
    }

    @Test
    void oneCallerTooManyIsRefusedWhileAnotherNodeWorks() throws Exception {
        driver.rows.put(KEY, Row.foreign(KEY, 1));
        FlightOptions single = FlightOptions.builder().maxWaiters(1).build();
        CompletableFuture<String> flight = flights.runAsync(KEY, Optional::empty, context -> "made here", single);
        timing.untilWaiting(1);

        assertThatThrownBy(() -> flights.runAsync(KEY, Optional::empty, context -> "never", single))
                .isInstanceOf(RejectedExecutionException.class);

        driver.rows.clear();
        timing.advance(driver.polling().first());
        assertThat(flight.get()).isEqualTo("made here");
    }

    @Test
    void aStoreThatIsDownFailsTheFlightIfAsked() {
        driver.acquire = claim -> {
            throw noAnswer();
        };

        assertThatThrownBy(() -> flights.run(KEY, Optional::empty, context -> "made", ONCE))
                .isInstanceOf(FlightException.class)
                .hasCauseInstanceOf(CacheUnavailableException.class);
    }

    @Test
    void aStoreThatIsDownDoesNotStopWorkThatMayGoOnWithoutIt() throws Exception {
        driver.acquire = claim -> {
            throw noAnswer();
        };

        String made = flights.run(
                KEY,
                () -> {
                    throw noAnswer();
                },
                context -> "made with a lease: " + context.lease().isPresent(),
                PROCEED);

        assertThat(made).isEqualTo("made with a lease: false");
    }

    @Test
    void workThatMissesTheStoreItselfIsNotDoneTwice() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> flights.run(
                        KEY,
                        Optional::empty,
                        context -> {
                            runs.incrementAndGet();
                            throw noAnswer();
                        },
                        PROCEED))
                .hasCauseInstanceOf(CacheUnavailableException.class);

        assertThat(runs).hasValue(1);
    }

    @Test
    void workThatOutlivesItsLeaseIsInterruptedAndTheNextAttemptIsLeftAlone() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        driver.beforeRenewal = batch -> {
            throw noAnswer();
        };
        CompletableFuture<String> caller = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    if (runs.incrementAndGet() == 1) {
                        working.countDown();
                        new CountDownLatch(1).await();
                    }
                    return "made with fence "
                            + context.lease().orElseThrow().fence() + ", interrupted: "
                            + Thread.currentThread().isInterrupted();
                },
                FlightOptions.DEFAULT);
        working.await();

        timing.advance(FlightOptions.DEFAULT.lease());
        timing.untilWaiting(1);
        timing.advance(Duration.ofSeconds(1));

        assertThat(caller.get()).isEqualTo("made with fence 2, interrupted: false");
    }

    @Test
    void workThatTakesTooLongIsInterrupted() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        FlightOptions brief = FlightOptions.builder()
                .workTime(Duration.ofMinutes(5))
                .attempts(1)
                .build();
        CompletableFuture<String> caller = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    working.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                },
                brief);
        working.await();

        timing.advance(Duration.ofMinutes(5));

        assertThatThrownBy(caller::get).cause().hasCauseInstanceOf(InterruptedException.class);
        assertThat(driver.rows).isEmpty();
    }

    @Test
    void aDefinitiveFailureIsLeftBehindForTheOtherNodes() {
        FlightOptions options = FlightOptions.builder()
                .definitive(failure -> failure instanceof FileNotFoundException, Duration.ofSeconds(7))
                .build();

        assertThatThrownBy(() -> flights.run(
                        KEY,
                        Optional::empty,
                        context -> {
                            throw new FileNotFoundException("manifest unknown");
                        },
                        options))
                .isInstanceOf(FlightException.class);

        assertThat(driver.failures).singleElement().satisfies(failure -> {
            assertThat(failure.keep()).isEqualTo(Duration.ofSeconds(7));
            assertThat(failure.reason()).contains("manifest unknown");
        });
    }

    @Test
    void aTransientFailureIsNotLeftBehind() {
        assertThatThrownBy(() -> flights.run(
                        KEY,
                        Optional::empty,
                        context -> {
                            throw new IOException("connection reset");
                        },
                        ONCE))
                .isInstanceOf(FlightException.class);

        assertThat(driver.failures).isEmpty();
        assertThat(driver.rows).isEmpty();
    }

    @Test
    void aPoolThatShutsDownEndsTheFlightInsteadOfSendingItRoundAgain() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<String> caller = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    runs.incrementAndGet();
                    working.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                },
                FlightOptions.DEFAULT);
        working.await();

        pool.shutdownNow();

        assertThatThrownBy(caller::get).cause().isInstanceOf(FlightException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void closingTheCacheEndsAFlightThatWaits() throws Exception {
        driver.rows.put(KEY, Row.foreign(KEY, 1));
        CompletableFuture<String> caller = flights.runAsync(KEY, Optional::empty, context -> "never", ONCE);
        timing.untilWaiting(1);

        leases.close();

        assertThatThrownBy(caller::get).cause().hasCauseInstanceOf(IllegalStateException.class);
    }

    private static CacheUnavailableException noAnswer() {
        return new CacheUnavailableException("no answer");
    }
}
