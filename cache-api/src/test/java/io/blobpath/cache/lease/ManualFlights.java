package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A single-flight over such leases. */
abstract class ManualFlights extends ManualLeases {
    static final LeaseName KEY = LeaseName.of("key");
    static final FlightOptions ONCE = FlightOptions.builder().attempts(1).build();

    final ExecutorService pool = Executors.newCachedThreadPool();
    final SingleFlight flights = leases.singleFlight(pool);

    @AfterEach
    void endFlights() throws Exception {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(flights.underWay()).isZero();
        assertThat(timing.alarms()).as("all flights share one, and all leases").isLessThanOrEqualTo(2);
    }
}
