package io.blobpath.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.redis.RedisOptions.Fitness;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers that may lose records are told at open. */
class FitnessTest {
    @Test
    void everyFindingIsNamedWhenItIsRefused() {
        try (RedisServer server = RedisServer.start(
                "--save", "", "--appendonly", "no", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
            RedisOptions strict = Stores.options(server).withFitness(Fitness.REFUSE);

            assertThatThrownBy(() -> Stores.open(strict))
                    .isInstanceOf(CacheMismatchException.class)
                    .hasMessageContaining("maxmemory-policy allkeys-lru")
                    .hasMessageContaining("appendonly off");
            assertThat(RedisServers.ask(server, "DBSIZE")).as("keys written").isEqualTo("0");
        }
    }

    @Test
    void aFitServerIsAccepted() {
        try (RedisServer server = RedisServer.start("--appendonly", "yes");
                CacheDriver driver = Stores.open(Stores.options(server).withFitness(Fitness.REFUSE))) {
            assertThat(driver.info().records()).hasValue(0);
        }
    }

    @Test
    void anOpenHandleTellsTheSame() {
        try (RedisServer server = RedisServer.start("--appendonly", "yes");
                CacheDriver driver = Stores.open(Stores.options(server))) {
            assertThat(driver.findings()).isEmpty();

            RedisServers.ask(server, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

            assertThat(driver.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text())
                            .contains(server.address(), "maxmemory-policy allkeys-lru", "set it to noeviction"));
        }
    }

    @Test
    void oldVersionsAndReplicasAreFindings() {
        Map<String, String> info = Map.of(
                "redis_version", "6.0.16", "role", "slave", "maxmemory_policy", "noeviction", "aof_enabled", "1");

        assertThat(RedisFitness.findings("db:6379", info))
                .hasSize(2)
                .anyMatch(finding -> finding.text().contains("version 6.0.16"))
                .anyMatch(finding -> finding.text().contains("is a replica"));
    }
}
