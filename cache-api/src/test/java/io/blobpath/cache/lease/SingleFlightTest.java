package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of single-flight within one JVM; the kit tests the rest over each driver. */
class SingleFlightTest extends LocalFlights {
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
    void theFirstCallerMayDoTheWorkItself() throws Exception {
        SingleFlight direct = SingleFlight.local(Runnable::run);
        Thread caller = Thread.currentThread();

        Thread worker = direct.run(KEY, Optional::empty, context -> Thread.currentThread(), ONCE);

        assertThat(worker).isSameAs(caller);
        assertThat(direct.underWay()).isZero();
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
    void durationsBeyondAnyClockAreRefused() {
        assertThatThrownBy(() -> FlightOptions.builder()
                        .patience(Duration.ofSeconds(Long.MAX_VALUE))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("365 days");
    }
}
