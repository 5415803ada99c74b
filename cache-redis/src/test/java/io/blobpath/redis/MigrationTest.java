package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The slots of a cluster move to a master that has just joined, and knows no script yet, while work goes on. */
class MigrationTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int MOVED = 100;

    @Test
    void nothingIsLostAndNobodyIsRefused() {
        List<RedisServer> nodes = RedisCluster.startWithEmptyMaster("--save", "", "--appendonly", "no");
        RedisKeys keys = new RedisKeys("blobpath");
        try (CacheDriver driver =
                        Stores.open(RedisOptions.cluster(List.of(nodes.get(0).address())));
                Load load = Load.on(driver)) {
            LeaseDriver leases = driver.leases().orElseThrow();
            LeaseName name = LeaseName.of(digest(1));
            OwnerToken owner = OwnerToken.random();
            leases.tryAcquire(new LeaseClaim(name, owner, LEASE, "the test", Optional.empty(), false));
            load.await(200);

            List<String> moved = IntStream.range(0, RedisKeys.BUCKETS)
                    .mapToObj(keys::records)
                    .filter(key -> isOn(nodes.get(0), key))
                    .limit(MOVED)
                    .toList();
            moved.forEach(key -> RedisCluster.move(key, nodes.get(0), nodes.get(1)));
            load.awaitMore(200);
            load.stop();

            assertThat(load.refused()).as("changes refused").isEmpty();
            load.assertNothingIsLost(driver);
            assertThat(leases.put(digest(1), owner, path("guarded")).added()).isTrue();
            assertThat(scan(driver)).hasSize((int) driver.info().records().orElseThrow());
        } finally {
            nodes.forEach(RedisServer::close);
        }
    }

    private static boolean isOn(RedisServer node, String key) {
        try (Resp connection = node.connect()) {
            long slot = connection.number("CLUSTER", "KEYSLOT", key);
            return connection.number("CLUSTER", "COUNTKEYSINSLOT", slot) > 0;
        }
    }

    /** Each record as a text. */
    private static Set<String> scan(CacheDriver driver) {
        Set<String> records = new HashSet<>();
        Optional<String> token = Optional.empty();
        do {
            ScanPage page = driver.scan(new ScanRequest(500, 1000, token));
            for (BlobEntry entry : page.entries()) {
                records.add(entry.digest() + " " + entry.canonical());
                entry.duplicates().forEach(path -> records.add(entry.digest() + " " + path));
            }
            token = page.next();
        } while (token.isPresent());
        return records;
    }
}
