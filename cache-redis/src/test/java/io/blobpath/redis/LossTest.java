package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.CacheStoreLostException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import io.blobpath.redis.RedisOptions.Fitness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that are gone are never answered with "absent". */
class LossTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final RedisServer server =
            RedisServer.start("--save", "", "--appendonly", "yes", "--appendfsync", "always");
    private CacheDriver driver;

    @BeforeEach
    void open() {
        driver = Stores.open(Stores.options(server));
        driver.put(digest(1), path("m"));
        driver.put(digest(1), path("a"));
    }

    @AfterEach
    void close() {
        driver.close();
        server.close();
    }

    @Test
    void aWipedStoreIsLostForEveryOperation() {
        RedisServers.ask(server, "FLUSHALL");

        operations(driver, digest(1))
                .forEach((name, operation) ->
                        assertThatThrownBy(operation::run).as(name).isInstanceOf(CacheStoreLostException.class));
    }

    @Test
    void aStoreThatWasMadeAnewIsLostForTheOldHandle() {
        RedisServers.ask(server, "FLUSHALL");
        try (CacheDriver other = Stores.open(Stores.options(server))) {
            operations(driver, digest(1))
                    .forEach((name, operation) ->
                            assertThatThrownBy(operation::run).as(name).isInstanceOf(CacheStoreLostException.class));
            assertThat(other.canonical(digest(1))).isEmpty();
        }
    }

    @Test
    void anEvictedBucketIsLostAndTheOthersAreNot() {
        driver.put(digest(2), path("a"));
        String bucket = new RedisKeys("blobpath").records(RedisKeys.bucket(digest(1)));

        RedisServers.ask(server, "DEL", bucket);

        assertThatThrownBy(() -> driver.canonical(digest(1))).isInstanceOf(CacheStoreLostException.class);
        assertThat(driver.canonical(digest(2))).contains(path("a"));
    }

    @Test
    void anEvictedBucketIsFoundAtOpen() {
        driver.put(digest(2), path("a"));
        RedisServers.ask(server, "DEL", new RedisKeys("blobpath").records(RedisKeys.bucket(digest(1))));
        RedisOptions strict = Stores.options(server).withFitness(Fitness.REFUSE);

        assertThatThrownBy(() -> Stores.open(strict))
                .isInstanceOf(CacheMismatchException.class)
                .hasMessageContaining("lost 1 of 1024 buckets");
        try (CacheDriver again = Stores.open(Stores.options(server))) {
            assertThat(again.canonical(digest(1))).isEmpty();
            assertThat(again.findings()).anyMatch(finding -> finding.what().contains("lost 1 of 1024 buckets"));
            assertThatThrownBy(() -> driver.contains(digest(1), path("m"))).isInstanceOf(CacheStoreLostException.class);
        }
    }

    @Test
    void leasesOfAWipedStoreAreNotRenewedAndFencesRise() {
        LeaseDriver leases = driver.leases().orElseThrow();
        LeaseName name = LeaseName.of(digest(1));
        OwnerToken owner = OwnerToken.random();
        LeaseClaim claim = new LeaseClaim(name, owner, LEASE, "the test", Optional.empty(), false);
        long fence = ((LeaseAttempt.Granted) leases.tryAcquire(claim)).fence();

        RedisServers.ask(server, "FLUSHALL");

        assertThat(leases.renew(List.of(new LeaseRenewal(name, owner, LEASE, 0))))
                .containsExactly(false);
        try (CacheDriver again = Stores.open(Stores.options(server))) {
            LeaseAttempt next = again.leases().orElseThrow().tryAcquire(claim);
            assertThat(((LeaseAttempt.Granted) next).fence()).isGreaterThan(fence);
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillWithAnAppendOnlyFile() {
        List<BlobRecord> records = IntStream.range(0, 2000)
                .mapToObj(number -> new BlobRecord(digest(number), path("p" + number)))
                .toList();
        driver.putAll(records);

        server.kill();
        server.restart();

        assertThat(records)
                .allSatisfy(record -> assertThat(driver.contains(record.digest(), record.path()))
                        .isTrue());
    }

    @Test
    void noAcknowledgedWriteIsLostByAKillUnderLoad() {
        try (Load load = Load.on(driver)) {
            load.await(500);
            server.kill();
            server.restart();
            load.awaitMore(200);
            load.stop();

            load.assertNothingIsLost(driver);
        }
    }

    @Test
    void aRestartWithoutAnAppendOnlyFileIsALossAndGuardsHold() {
        try (RedisServer forgetful = RedisServer.start("--save", "");
                CacheDriver before = Stores.open(Stores.options(forgetful))) {
            LeaseDriver leases = before.leases().orElseThrow();
            OwnerToken owner = OwnerToken.random();
            leases.tryAcquire(
                    new LeaseClaim(LeaseName.of(digest(1)), owner, LEASE, "the test", Optional.empty(), false));
            leases.put(digest(1), owner, path("a"));

            forgetful.kill();
            forgetful.restart();

            assertThatThrownBy(() -> before.canonical(digest(1))).isInstanceOf(CacheStoreLostException.class);
            try (CacheDriver after = Stores.open(Stores.options(forgetful))) {
                assertThatThrownBy(() -> leases.put(digest(1), owner, path("b")))
                        .isInstanceOfAny(CacheStoreLostException.class, LeaseLostException.class);
                assertThat(after.canonical(digest(1))).isEmpty();
            }
        }
    }

    private static Map<String, Runnable> operations(CacheDriver driver, Digest digest) {
        LeaseClaim claim =
                new LeaseClaim(LeaseName.of(digest), OwnerToken.random(), LEASE, "the test", Optional.empty(), false);
        return Map.of(
                "canonical", () -> driver.canonical(digest),
                "contains", () -> driver.contains(digest, path("m")),
                "paths", () -> driver.paths(digest, Optional.empty(), 10),
                "put", () -> driver.put(digest, path("b")),
                "remove", () -> driver.remove(digest, path("m")),
                "putAll", () -> driver.putAll(List.of(new BlobRecord(digest, path("b")))),
                "removeAll", () -> driver.removeAll(List.of(new BlobRecord(digest, path("m")))),
                "scan", () -> driver.scan(ScanRequest.first(10)),
                "acquire", () -> driver.leases().orElseThrow().tryAcquire(claim));
    }
}
