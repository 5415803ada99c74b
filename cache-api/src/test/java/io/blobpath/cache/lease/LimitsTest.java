package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.Digest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What names and options of leases refuse. */
final class LimitsTest {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    @Test
    void aNameHasOneToSoManyBytes() {
        assertThat(LeaseName.of("n".repeat(LeaseName.MAX_BYTES)).toString()).hasSize(LeaseName.MAX_BYTES);
        assertRefused(() -> LeaseName.of(""), "has 0");
        assertRefused(() -> LeaseName.of("n".repeat(LeaseName.MAX_BYTES + 1)), "bytes of UTF-8, but this has");
        assertRefused(() -> LeaseName.of("\ud800"), "UTF-8 form");
    }

    @Test
    void aNameAndADigestNeverMeet() {
        LeaseName name = LeaseName.of(DIGEST.toString());
        LeaseName digest = LeaseName.of(DIGEST);

        assertThat(name).isNotEqualTo(digest).isNotEqualTo("n").hasToString(digest.toString());
        assertThat(name.compareTo(digest)).isPositive();
        assertThat(LeaseName.ofKey(name.key())).isEqualTo(name).hasSameHashCodeAs(name);
        assertThat(LeaseName.ofKey(digest.key()).digest()).contains(DIGEST);
        assertRefused(() -> LeaseName.ofKey("x:y"), "'d:' or 'n:'");
    }

    @Test
    void aLeaseLastsBetweenATenthOfASecondAndAnHour() {
        assertThat(LeaseOptions.DEFAULT.withLease(Duration.ofMillis(100)).lease())
                .isEqualTo(Duration.ofMillis(100));
        assertThat(LeaseOptions.DEFAULT.withLease(Duration.ofHours(1)).lease()).isEqualTo(Duration.ofHours(1));
        assertRefused(() -> LeaseOptions.DEFAULT.withLease(Duration.ofMillis(99)), "100 ms to 1 h");
        assertRefused(() -> LeaseOptions.DEFAULT.withLease(Duration.ofMinutes(61)), "100 ms to 1 h");
        assertThat(LeaseOptions.DEFAULT.withPatience(Duration.ofDays(365)).patience())
                .isEqualTo(Duration.ofDays(365));
        assertRefused(() -> LeaseOptions.DEFAULT.withPatience(Duration.ofMillis(-1)), "0 to 365 days");
        assertRefused(() -> LeaseOptions.DEFAULT.withPatience(Duration.ofDays(366)), "0 to 365 days");
    }

    @Test
    void aFlightHasBounds() {
        assertRefused(() -> FlightOptions.builder().lease(Duration.ofHours(2)).build(), "100 ms to 1 h");
        assertRefused(
                () -> FlightOptions.builder().patience(Duration.ofMillis(-1)).build(), "0 to 365 days");
        assertRefused(
                () -> FlightOptions.builder().workTime(Duration.ofDays(366)).build(), "0 to 365 days");
        assertRefused(() -> FlightOptions.builder().attempts(0).build(), "attempts was 0");
        assertRefused(() -> FlightOptions.builder().maxWaiters(0).build(), "maxWaiters 0");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
