package io.blobpath.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leases leave behind in the server. */
class LeaseKeysTest {
    private static final int LEASES = 10_000;
    private static final int KEYS_PER_BUCKET = 3;
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final LeaseName NAME = LeaseName.of("name");

    private final RedisServer server = RedisServer.start("--save", "", "--appendonly", "no");
    private final CacheDriver driver = Stores.open(Stores.options(server));
    private final LeaseDriver leases = driver.leases().orElseThrow();
    private final Resp connection = server.connect();

    @AfterEach
    void close() {
        connection.close();
        driver.close();
        server.close();
    }

    @Test
    void tenThousandLeasesLeaveABoundedNumberOfKeysWhichEndToo() {
        for (int i = 0; i < LEASES; i++) {
            LeaseName name = LeaseName.of("name-" + i);
            OwnerToken owner = OwnerToken.random();
            leases.tryAcquire(claim(name, owner));
            leases.release(name, owner, failure(i));
        }

        assertThat(connection.number("DBSIZE")).isLessThanOrEqualTo((long) KEYS_PER_BUCKET * RedisKeys.BUCKETS);
        assertThat(connection.text("INFO", "commandstats").lines())
                .filteredOn(line -> line.startsWith("cmdstat_pexpire:"))
                .singleElement()
                .satisfies(line -> assertThat(Integer.parseInt(line.replaceFirst(".*calls=(\\d+),.*", "$1")))
                        .as("it costs too much to be done for each")
                        .isLessThanOrEqualTo(2 * RedisKeys.BUCKETS));
        for (String key : keysOf(LeaseName.of("name-1"))) {
            assertThat(connection.number("PTTL", key))
                    .isBetween(1L, TWO_HOURS.plusMinutes(11).toMillis());
        }
    }

    @Test
    void theKeysOfABucketOutliveEveryUseByTwoHours() {
        OwnerToken owner = OwnerToken.random();
        LeaseClaim claim = claim(NAME, owner);
        leases.tryAcquire(claim);
        // As if ten minutes had passed, and a bit.
        for (String key : keysOf(NAME)) {
            connection.call("PEXPIRE", key, String.valueOf(TWO_HOURS.toMillis()));
        }
        long soon = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + TWO_HOURS.toMillis());
        connection.call("ZADD", keysOf(NAME).get(1), String.valueOf(soon), "!");

        leases.renew(List.of(new LeaseRenewal(NAME, owner, claim.lease(), 0)));

        for (String key : keysOf(NAME)) {
            assertThat(connection.number("PTTL", key))
                    .isGreaterThan(TWO_HOURS.plus(claim.lease().dividedBy(2)).toMillis());
        }
        assertThat(leases.list(Optional.empty(), 10).leases()).hasSize(1);
    }

    @Test
    void aGrantForgetsTheLeasesOfDeadHoldersInItsBucket() {
        List<String> keys = keysOf(NAME);
        List<LeaseName> neighbours = neighbours(NAME, 3);
        neighbours.forEach(neighbour -> leases.tryAcquire(claim(neighbour, OwnerToken.random())));
        // As if their time had passed and no holder had come back.
        neighbours.forEach(neighbour -> connection.call("ZADD", keys.get(1), "1", neighbour.key()));
        assertThat(connection.number("HLEN", keys.get(0))).isEqualTo(1 + neighbours.size());

        leases.tryAcquire(claim(NAME, OwnerToken.random()));

        assertThat(connection.number("HLEN", keys.get(0)))
                .as("the last fence and the one lease")
                .isEqualTo(2);
        assertThat(connection.number("ZCARD", keys.get(1)))
                .as("its end and that of the keys")
                .isEqualTo(2);
    }

    /** Other names in the same bucket. */
    private static List<LeaseName> neighbours(LeaseName name, int count) {
        return Stream.iterate(0, i -> i + 1)
                .map(i -> LeaseName.of("neighbour-" + i))
                .filter(other -> RedisKeys.bucket(other) == RedisKeys.bucket(name))
                .limit(count)
                .toList();
    }

    /** The leases of the bucket, and when they end. */
    private static List<String> keysOf(LeaseName name) {
        return new RedisKeys("blobpath").all(RedisKeys.bucket(name)).subList(1, KEYS_PER_BUCKET);
    }

    private static LeaseClaim claim(LeaseName name, OwnerToken owner) {
        return new LeaseClaim(name, owner, Duration.ofSeconds(30), "the test", Optional.empty(), false);
    }

    private static Optional<LeaseFailure> failure(int number) {
        return number % 10 == 0 ? Optional.of(new LeaseFailure("no", Duration.ofMillis(1))) : Optional.empty();
    }
}
