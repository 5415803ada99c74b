package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the callers of a flight see when its work fails. */
class FlightFailureTest extends LocalFlights {
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
    void anExecutorThatCannotRunTheFlightLeavesNoneBehind() {
        SingleFlight broken = SingleFlight.local(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThatThrownBy(() -> broken.run(KEY, Optional::empty, context -> "never", ONCE))
                .isInstanceOf(FlightException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);

        assertThat(broken.underWay()).isZero();
    }
}
