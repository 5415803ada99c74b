package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The part of single-flight within one JVM; the kit tests the rest over each driver. */
@Timeout(60)
class SingleFlightTest {
    private static final LeaseName KEY = LeaseName.of("key");
    private static final FlightOptions ONCE =
            FlightOptions.builder().attempts(1).build();

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final SingleFlight flights = SingleFlight.local(pool);

    @AfterEach
    void end() throws Exception {
        pool.shutdown();
        assertThat(pool.awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(flights.underWay()).isZero();
    }

    @Test
    void aHitNeedsNoFlight() throws Exception {
        String value = flights.run(KEY, () -> Optional.of("there"), context -> "made", ONCE);

        assertThat(value).isEqualTo("there");
    }

    @Test
    void aHundredCallersShareOneRun() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> callers = callers(100, ONCE, context -> {
            go.await();
            runs.incrementAndGet();
            return "made";
        });

        go.countDown();

        for (Future<String> caller : callers) {
            assertThat(caller.get()).isEqualTo("made");
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void theFlightLooksAgainBeforeItWorks() throws Exception {
        AtomicInteger looks = new AtomicInteger();

        String value = flights.run(
                KEY,
                () -> looks.incrementAndGet() == 1 ? Optional.empty() : Optional.of("there by now"),
                context -> "made",
                ONCE);

        assertThat(value).isEqualTo("there by now");
    }

    @Test
    void oneDefinitiveErrorReachesAllOfAHundredWaitersAndNoneIsToldSuccess() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> callers = callers(100, ONCE, context -> {
            go.await();
            throw new FileNotFoundException("manifest unknown");
        });

        go.countDown();

        for (Future<String> caller : callers) {
            assertThatThrownBy(caller::get)
                    .cause()
                    .isInstanceOf(FlightException.class)
                    .hasCauseInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    void aTransientFailureIsTriedAgain() throws Exception {
        AtomicInteger runs = new AtomicInteger();

        String value = flights.run(
                KEY,
                Optional::empty,
                context -> {
                    if (runs.incrementAndGet() < 3) {
                        throw new IOException("connection reset");
                    }
                    return "made";
                },
                FlightOptions.DEFAULT);

        assertThat(value).isEqualTo("made");
        assertThat(runs).hasValue(3);
    }

    @Test
    void aDefinitiveFailureIsNotTriedAgain() {
        AtomicInteger runs = new AtomicInteger();
        FlightOptions options = FlightOptions.builder()
                .definitive(failure -> failure instanceof FileNotFoundException, Duration.ofSeconds(1))
                .build();

        FlightException failure = catchThrowableOfType(
                FlightException.class,
                () -> flights.run(
                        KEY,
                        Optional::empty,
                        context -> {
                            runs.incrementAndGet();
                            throw new FileNotFoundException("gone");
                        },
                        options));

        assertThat(failure.isDefinitive()).isTrue();
        assertThat(failure).hasCauseInstanceOf(FileNotFoundException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void anErrorKeepsItsCauseAndLeavesNoFlight() {
        assertThatThrownBy(() -> flights.run(
                        KEY,
                        Optional::empty,
                        context -> {
                            throw new StackOverflowError("deep");
                        },
                        FlightOptions.DEFAULT))
                .hasCauseInstanceOf(StackOverflowError.class);
    }

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
    void oneCallerTooManyIsRefused() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FlightOptions two = FlightOptions.builder().maxWaiters(2).build();
        List<Future<String>> callers = callers(2, two, context -> {
            go.await();
            return "made";
        });

        assertThatThrownBy(() -> flights.run(KEY, Optional::empty, context -> "never", two))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("2 callers");
        go.countDown();

        for (Future<String> caller : callers) {
            assertThat(caller.get()).isEqualTo("made");
        }
    }

    @Test
    void workThatAsksForItselfIsRefusedOnWhateverThreadItRuns() {
        LeaseName inner = LeaseName.of("inner");

        assertThatThrownBy(() -> flights.run(
                        KEY,
                        Optional::empty,
                        outer -> flights.run(
                                inner,
                                Optional::empty,
                                middle -> flights.run(KEY, Optional::empty, context -> "never", ONCE),
                                ONCE),
                        ONCE))
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void theFirstCallerMayDoTheWorkItself() throws Exception {
        SingleFlight direct = SingleFlight.local(Runnable::run);
        Thread caller = Thread.currentThread();

        Thread worker = direct.run(KEY, Optional::empty, context -> Thread.currentThread(), ONCE);

        assertThat(worker).isSameAs(caller);
        assertThat(direct.underWay()).isZero();
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

    @Test
    void anExecutorThatCannotRunTheFlightLeavesNoneBehind() {
        SingleFlight broken = SingleFlight.local(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThatThrownBy(() -> broken.run(KEY, Optional::empty, context -> "never", ONCE))
                .isInstanceOf(FlightException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);

        assertThat(broken.underWay()).isZero();
    }

    @Test
    void durationsBeyondAnyClockAreRefused() {
        assertThatThrownBy(() -> FlightOptions.builder()
                        .patience(Duration.ofSeconds(Long.MAX_VALUE))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("365 days");
    }

    /** Callers that have all joined the one flight when this returns. */
    private List<Future<String>> callers(int count, FlightOptions options, Work<String> work) throws Exception {
        CountDownLatch looked = new CountDownLatch(count);
        Callable<String> caller = () -> flights.run(
                KEY,
                () -> {
                    looked.countDown();
                    return Optional.empty();
                },
                work,
                options);
        List<Future<String>> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(pool.submit(caller));
        }
        looked.await();
        while (flights.callers(KEY) < count) {
            Thread.onSpinWait();
        }
        return callers;
    }
}
