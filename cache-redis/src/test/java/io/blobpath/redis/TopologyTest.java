package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A master and a replica, of which the driver itself finds out who is who. */
class TopologyTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final RedisServer master = RedisServer.start("--save", "", "--repl-diskless-sync-delay", "0");
    private final RedisServer replica =
            RedisServer.start("--save", "", "--replicaof", master.host(), Integer.toString(master.port()));

    @BeforeEach
    void awaitReplica() {
        Await.until(() -> RedisServers.ask(replica, "INFO", "replication").contains("master_link_status:up"));
    }

    @AfterEach
    void stop() {
        replica.close();
        master.close();
    }

    @Test
    void changesAndLookUpsGoToTheMasterAlone() {
        try (CacheDriver driver = open(0)) {
            driver.put(digest(1), path("a"));
            RedisServers.ask(replica, "CONFIG", "RESETSTAT");

            assertThat(driver.canonical(digest(1))).contains(path("a"));
            assertThat(driver.contains(digest(1), path("a"))).isTrue();

            assertThat(RedisServers.ask(replica, "INFO", "commandstats")).doesNotContain("zrangebylex", "zmscore");
        }
    }

    @Test
    void aPromotedReplicaIsFound() {
        try (CacheDriver driver = open(0)) {
            driver.put(digest(1), path("a"));
            String bucket = new RedisKeys("blobpath").records(RedisKeys.bucket(digest(1)));
            Await.until(() -> RedisServers.ask(replica, "ZCARD", bucket).equals("2"));

            master.kill();
            RedisServers.ask(replica, "REPLICAOF", "NO", "ONE");

            Await.until(() -> accepts(driver));
            assertThat(driver.canonical(digest(1))).contains(path("a"));
        }
    }

    @Test
    void aChangeThatNoReplicaConfirmsFailsAndLookUpsDoNot() {
        try (CacheDriver driver = open(1)) {
            driver.put(digest(1), path("a"));
            replica.kill();

            assertThatThrownBy(() -> driver.put(digest(1), path("b")))
                    .isInstanceOf(CacheUnavailableException.class)
                    .hasMessageContaining("only 0 of 1 replicas");

            assertThat(driver.canonical(digest(1))).contains(path("a"));
            assertThat(driver.scan(ScanRequest.first(10)).entries()).hasSize(1);
        }
    }

    private CacheDriver open(int replicas) {
        return Stores.parse(
                TIMEOUT,
                "{'topology': 'replicated', 'addresses': ['" + master.address() + "', '" + replica.address()
                        + "'], 'waitForReplicas': " + replicas + "}");
    }

    private static boolean accepts(CacheDriver driver) {
        try {
            driver.put(digest(1), path("b"));
            return true;
        } catch (CacheUnavailableException e) {
            return false;
        }
    }
}
