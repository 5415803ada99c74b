package io.blobpath.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What leases leave behind in the server. */
class LeaseKeysTest {
    private static final int LEASES = 10_000;
    private static final int KEYS_PER_BUCKET = 3;
    private static final long TWO_HOURS_AND_A_HALF = 9_000_000;

    @Test
    void tenThousandLeasesLeaveABoundedNumberOfKeysWhichEndToo() {
        try (RedisServer server = RedisServer.start("--save", "", "--appendonly", "no");
                CacheDriver driver = Stores.open(Stores.options(server));
                Resp connection = server.connect()) {
            LeaseDriver leases = driver.leases().orElseThrow();

            for (int i = 0; i < LEASES; i++) {
                LeaseName name = LeaseName.of("name-" + i);
                OwnerToken owner = OwnerToken.random();
                leases.tryAcquire(
                        new LeaseClaim(name, owner, Duration.ofSeconds(30), "the test", Optional.empty(), false));
                leases.release(name, owner, failure(i));
            }

            assertThat(connection.number("DBSIZE")).isLessThanOrEqualTo((long) KEYS_PER_BUCKET * RedisKeys.BUCKETS);
            String key = new RedisKeys("blobpath")
                    .all(RedisKeys.bucket(LeaseName.of("name-1")))
                    .get(1);
            assertThat(connection.number("PTTL", key)).isBetween(1L, TWO_HOURS_AND_A_HALF);
        }
    }

    private static Optional<LeaseFailure> failure(int number) {
        return number % 10 == 0 ? Optional.of(new LeaseFailure("no", Duration.ofMillis(1))) : Optional.empty();
    }
}
