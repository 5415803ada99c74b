package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counts, on the server, what each operation sends. The calls of a script within the server are no round trips. */
class RoundTripTest {
    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+)");
    private static final Duration LEASE = Duration.ofSeconds(30);

    @Test
    void eachOperationOnADigestIsOneCommand() {
        try (RedisServer server = RedisServer.start("--save", "", "--appendonly", "no");
                CacheDriver driver = Stores.open(Stores.options(server))) {
            driver.put(digest(1), path("m"));
            driver.remove(digest(1), path("none"));

            assertThat(sent(server, () -> driver.put(digest(1), path("a")))).isEqualTo(Map.of("evalsha", 1));
            assertThat(sent(server, () -> driver.remove(digest(1), path("m")))).isEqualTo(Map.of("evalsha", 1));
            assertThat(sent(server, () -> driver.canonical(digest(1)))).isEqualTo(Map.of("zrangebylex", 1));
            assertThat(sent(server, () -> driver.canonical(digest(2)))).isEqualTo(Map.of("zrangebylex", 1));
            assertThat(sent(server, () -> driver.contains(digest(1), path("a"))))
                    .isEqualTo(Map.of("zmscore", 1));
            assertThat(sent(server, () -> driver.contains(digest(2), path("a"))))
                    .isEqualTo(Map.of("zmscore", 1));
        }
    }

    @Test
    void eachLeaseCallIsOneCommand() {
        try (RedisServer server = RedisServer.start("--save", "", "--appendonly", "no");
                CacheDriver driver = Stores.open(Stores.options(server))) {
            LeaseDriver leases = driver.leases().orElseThrow();
            LeaseName name = LeaseName.of(digest(1));
            OwnerToken owner = OwnerToken.random();
            LeaseClaim claim = new LeaseClaim(name, owner, LEASE, "the test", Optional.empty(), true);
            leases.tryAcquire(claim);
            leases.put(digest(1), owner, path("a"));
            leases.release(name, owner, Optional.empty());

            assertThat(sent(server, () -> leases.tryAcquire(claim))).isEqualTo(Map.of("evalsha", 1));
            assertThat(sent(server, () -> leases.put(digest(1), owner, path("a"))))
                    .isEqualTo(Map.of("evalsha", 1));
            assertThat(sent(server, () -> leases.release(name, owner, Optional.empty())))
                    .isEqualTo(Map.of("evalsha", 1));
        }
    }

    @Test
    void recordsOfOneBucketShareAScriptUpToAHundred() {
        try (RedisServer server = RedisServer.start("--save", "", "--appendonly", "no");
                CacheDriver driver = Stores.open(Stores.options(server))) {
            List<BlobRecord> records = IntStream.range(0, 250)
                    .mapToObj(i -> new BlobRecord(digest(1), path("p" + i / 2)))
                    .toList();
            driver.putAll(records);

            assertThat(sent(
                            server,
                            () -> assertThat(driver.putAll(records))
                                    .hasSize(250)
                                    .containsOnly(new PutResult(false, path("p0")))))
                    .containsEntry("evalsha", 3);
            List<RemoveResult> removed = new ArrayList<>();
            assertThat(sent(server, () -> removed.addAll(driver.removeAll(records))))
                    .containsEntry("evalsha", 3);
            assertThat(removed.subList(0, 4))
                    .containsExactly(
                            RemoveResult.promoted(path("p1")),
                            RemoveResult.absent(),
                            RemoveResult.promoted(path("p10")),
                            RemoveResult.absent());
            assertThat(removed.subList(248, 250)).containsExactly(RemoveResult.lastPath(), RemoveResult.absent());
        }
    }

    /** What the driver sent while the action ran. */
    private static Map<String, Integer> sent(RedisServer server, Runnable action) {
        try (Resp connection = server.connect()) {
            connection.call("CONFIG", "RESETSTAT");
            action.run();
            Map<String, Integer> calls = calls(connection.text("INFO", "commandstats"));
            calls.keySet().removeIf(command -> command.startsWith("config"));
            return calls.containsKey("evalsha") ? withoutCallsOfScripts(calls) : calls;
        }
    }

    /** The server counts what a script calls too. */
    private static Map<String, Integer> withoutCallsOfScripts(Map<String, Integer> calls) {
        calls.keySet().removeIf(command -> !command.startsWith("eval") && !command.startsWith("script"));
        return calls;
    }

    private static Map<String, Integer> calls(String stats) {
        Map<String, Integer> calls = new TreeMap<>();
        Matcher each = CALLS.matcher(stats);
        while (each.find()) {
            calls.put(each.group(1), Integer.parseInt(each.group(2)));
        }
        return calls;
    }
}
