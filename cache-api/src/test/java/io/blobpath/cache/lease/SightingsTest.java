package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.lease.FakeLeaseDriver.Row;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A holder that died, on a store that keeps no time, as those see it who only try; time is moved by hand. */
@Timeout(60)
class SightingsTest extends ManualLeases {
    private static final LeaseName NAME = LeaseName.of("name");
    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void whoTriesAgainTakesOverWhenTheHolderHasStoodStillForItsLeaseAndNotBefore() {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        assertThat(tried()).isEmpty();

        timing.skip(FakeLeaseDriver.LONG.minus(MILLI));
        assertThat(tried()).isEmpty();
        assertThat(driver.claims).extracting(LeaseClaim::takeOver).containsOnly(Optional.empty());
        timing.skip(MILLI);
        Optional<Lease> taken = tried();

        assertThat(taken).isPresent();
        assertThat(driver.claims.get(2).takeOver()).contains("1");
        taken.get().close();
        assertThat(leases.sightings().size()).isZero();
    }

    @Test
    void aHolderThatMovedBetweenTwoTriesIsWatchedAnew() {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        assertThat(tried()).isEmpty();
        driver.rows.put(NAME, Row.foreign(NAME, 2));

        // The version that stood still is not there any more, and the store says so.
        timing.skip(FakeLeaseDriver.LONG);
        assertThat(tried()).isEmpty();
        timing.skip(FakeLeaseDriver.LONG.minus(MILLI));
        assertThat(tried()).isEmpty();
        timing.skip(MILLI);

        Optional<Lease> taken = tried();
        assertThat(driver.claims)
                .hasSize(4)
                .last()
                .extracting(LeaseClaim::takeOver)
                .isEqualTo(Optional.of("2"));
        taken.orElseThrow().close();
    }

    @Test
    void waitsThatAreShorterThanTheLeaseAddUp() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        LeaseOptions hasty = LeaseOptions.DEFAULT.withPatience(Duration.ZERO);
        assertThatThrownBy(() -> leases.acquire(NAME, hasty)).isInstanceOf(LeaseTimeoutException.class);

        timing.skip(FakeLeaseDriver.LONG);

        leases.acquire(NAME, hasty).close();
    }

    @Test
    void aStoreThatKeepsTheTimeIsBelieved() {
        LeaseState state = Row.foreign(NAME, 1).state();
        driver.acquire = claim -> new LeaseAttempt.Held(new LeaseState(
                NAME,
                state.holder(),
                state.fence(),
                state.version(),
                state.lease(),
                state.since(),
                Optional.of(Duration.ofHours(1)),
                0));
        assertThat(tried()).isEmpty();
        timing.skip(FakeLeaseDriver.LONG);
        assertThat(tried()).isEmpty();

        assertThat(driver.claims).extracting(LeaseClaim::takeOver).containsOnly(Optional.empty());
        assertThat(leases.sightings().size()).isZero();
    }

    @Test
    void ofManyNamesThoseThatWereLookedAtLastAreRemembered() {
        for (int i = 0; i < 1_500; i++) {
            LeaseName name = LeaseName.of("name " + i);
            driver.rows.put(name, Row.foreign(name, 1));
            assertThat(leases.tryAcquire(name, LeaseOptions.DEFAULT)).isEmpty();
        }
        assertThat(leases.sightings().size()).isEqualTo(1_000);

        timing.skip(FakeLeaseDriver.LONG);

        assertThat(leases.tryAcquire(LeaseName.of("name 0"), LeaseOptions.DEFAULT))
                .isEmpty();
        leases.tryAcquire(LeaseName.of("name 1499"), LeaseOptions.DEFAULT)
                .orElseThrow()
                .close();
    }

    private Optional<Lease> tried() {
        return leases.tryAcquire(NAME, LeaseOptions.DEFAULT);
    }
}
