package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

/** Leases over a store in memory, whose time is moved by hand, and which leave nothing behind. */
abstract class ManualLeases {
    final FakeLeaseDriver driver = new FakeLeaseDriver();
    final ManualTiming timing = new ManualTiming();
    final DriverLeases leases = new DriverLeases(driver, timing);

    @AfterEach
    void closeLeases() throws Exception {
        leases.close();
        timing.untilWorking(0);
        assertThat(leases.footprint()).isZero();
        assertThat(timing.isClosed()).isTrue();
        assertThat(driver.watchers).isEmpty();
    }
}
