package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Those who wait for a flight may leave it, and lose patience. */
class FlightWaitersTest extends LocalFlights {
    @Test
    void theCallerWhoStartedItMayLeaveAndTheOthersGetTheResult() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Work<String> work = context -> {
            working.countDown();
            go.await();
            return "made";
        };
        AtomicReference<Throwable> left = new AtomicReference<>();
        Thread starter = new Thread(() -> {
            try {
                flights.run(KEY, Optional::empty, work, ONCE);
            } catch (Throwable e) {
                left.set(e);
            }
        });
        starter.start();
        working.await();
        CompletableFuture<String> other = flights.runAsync(KEY, Optional::empty, work, ONCE);

        starter.interrupt();
        starter.join();
        go.countDown();

        assertThat(left.get()).isInstanceOf(InterruptedException.class);
        assertThat(other.get()).isEqualTo("made");
    }

    @Test
    void whenNobodyWaitsAnyMoreTheWorkIsInterruptedIfAsked() throws Exception {
        FlightOptions cancel = FlightOptions.builder()
                .onCallersGone(FlightOptions.OnCallersGone.CANCEL)
                .build();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<String> caller = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    working.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return "made";
                },
                cancel);
        working.await();

        caller.cancel(true);
        interrupted.await();
        String next = flights.run(KEY, Optional::empty, context -> "made by the next", cancel);

        assertThat(next).isEqualTo("made by the next");
    }

    @Test
    void aWaiterGivesUpWhenThereIsNoProgressAndTheFlightGoesOn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FlightOptions impatient =
                FlightOptions.builder().stall(Duration.ofMillis(20)).build();
        CompletableFuture<String> other = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    go.await();
                    return "made";
                },
                ONCE);

        assertThatThrownBy(() -> flights.run(KEY, Optional::empty, context -> "never", impatient))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("no progress");
        go.countDown();

        assertThat(other.get()).isEqualTo("made");
    }

    @Test
    void aCallerWhoComesLateHasItsWholeStallTime() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Duration stall = Duration.ofMillis(50);
        FlightOptions impatient = FlightOptions.builder().stall(stall).build();
        CompletableFuture<String> flight = flights.runAsync(
                KEY,
                Optional::empty,
                context -> {
                    go.await();
                    return "made";
                },
                ONCE);

        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> flights.run(KEY, Optional::empty, context -> "never", impatient))
                    .isInstanceOf(TimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(stall);
        }

        go.countDown();
        assertThat(flight.get()).isEqualTo("made");
    }
}
