package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A single-flight of one JVM, at which nothing is left behind. */
@Timeout(60)
abstract class LocalFlights {
    static final LeaseName KEY = LeaseName.of("key");
    static final FlightOptions ONCE = FlightOptions.builder().attempts(1).build();

    final ExecutorService pool = Executors.newCachedThreadPool();
    final SingleFlight flights = SingleFlight.local(pool);

    @AfterEach
    void end() throws Exception {
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(flights.underWay()).isZero();
    }

    /** Callers that have all joined the one flight when this returns. */
    final List<Future<String>> callers(int count, FlightOptions options, Work<String> work) throws Exception {
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
