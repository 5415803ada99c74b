package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheStoreLostException;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The master dies, and a sentinel makes its replica the master. */
class FailoverTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final RedisServer master = RedisServer.start("--save", "", "--repl-diskless-sync-delay", "0");
    private final RedisServer replica = RedisServer.start(
            "--save", "", "--replicaof", master.host(), Integer.toString(master.port()), "--replica-read-only", "no");
    private final RedisServer sentinel = RedisServer.startSentinel(
            "sentinel monitor blobs 127.0.0.1 " + master.port() + " 1",
            "sentinel down-after-milliseconds blobs 500",
            "sentinel failover-timeout blobs 3000");

    @AfterEach
    void stop() {
        sentinel.close();
        replica.close();
        master.close();
    }

    @Test
    void whatAReplicaConfirmedSurvives() {
        awaitTheReplica();
        try (CacheDriver driver = open(1);
                Load load = Load.on(driver)) {
            load.await(200);

            master.kill();
            awaitPromotion();

            // The new master has no replica, so that nothing can be confirmed any more, and reads are what is left.
            load.stop();
            load.assertNothingIsLost(driver);
        }
    }

    @Test
    void workGoesOnWithTheNewMaster() {
        awaitTheReplica();
        try (CacheDriver driver = open(0)) {
            // Without its stamps the replica would be a loss.
            Await.until(() -> RedisServers.ask(replica, "DBSIZE").equals(RedisServers.ask(master, "DBSIZE")));
            try (Load load = Load.on(driver)) {
                load.await(200);
                long fence = acquire(driver, "before");

                master.kill();
                awaitPromotion();

                load.awaitMore(200);
                load.stop();
                assertThat(acquire(driver, "after")).isGreaterThan(fence);
            }
        }
    }

    @Test
    void anEmptyReplicaIsALossAndNoStore() {
        awaitTheReplica();
        try (CacheDriver driver = open(0)) {
            LeaseDriver leases = driver.leases().orElseThrow();
            OwnerToken owner = OwnerToken.random();
            LeaseName name = LeaseName.of(digest(1));
            driver.put(digest(1), path("a"));
            leases.tryAcquire(new LeaseClaim(name, owner, LEASE, "the test", Optional.empty(), false));
            RedisServers.ask(replica, "FLUSHALL");

            master.kill();
            awaitPromotion();

            assertThatThrownBy(() -> driver.canonical(digest(1))).isInstanceOf(CacheStoreLostException.class);
            assertThatThrownBy(() -> driver.put(digest(1), path("b"))).isInstanceOf(CacheStoreLostException.class);
            assertThatThrownBy(() -> leases.put(digest(1), owner, path("b")))
                    .isInstanceOfAny(CacheStoreLostException.class, LeaseLostException.class);
            assertThat(leases.renew(List.of(new LeaseRenewal(name, owner, LEASE, 1))))
                    .containsExactly(false);
        }
    }

    private CacheDriver open(int replicas) {
        return Stores.parse(
                TIMEOUT,
                "{'topology': 'sentinel', 'masterName': 'blobs', 'addresses': ['" + sentinel.address()
                        + "'], 'waitForReplicas': " + replicas + "}");
    }

    private void awaitTheReplica() {
        Await.until(() -> RedisServers.ask(replica, "INFO", "replication").contains("master_link_status:up"));
        Await.until(() -> RedisServers.ask(sentinel, "INFO", "sentinel").contains("slaves=1"));
    }

    private void awaitPromotion() {
        // The replica itself hangs up on everybody when it becomes the master.
        Await.until(() -> RedisServers.ask(sentinel, "INFO", "sentinel").contains("address=" + replica.address()));
        Await.until(() -> RedisServers.ask(replica, "INFO", "replication").contains("role:master"));
    }

    private static long acquire(CacheDriver driver, String name) {
        LeaseAttempt attempt = driver.leases()
                .orElseThrow()
                .tryAcquire(new LeaseClaim(
                        LeaseName.of(name), OwnerToken.random(), LEASE, "the test", Optional.empty(), false));
        return ((LeaseAttempt.Granted) attempt).fence();
    }
}
