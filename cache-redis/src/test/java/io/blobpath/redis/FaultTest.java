package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import io.blobpath.cache.spi.PathSlice;
import io.blobpath.redis.FaultProxy.Trap;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way to the server breaks in the middle of each operation. */
class FaultTest {
    private static final Duration COMMAND = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Digest DIGEST = digest(1);

    private final FaultProxy proxy = new FaultProxy(RedisServers.single());
    private final RedisOptions options = RedisOptions.single(proxy.address()).withPrefix(Stores.newPrefix());
    private CacheDriver driver;

    @BeforeEach
    void open() {
        // The store is made without haste, so that the impatient handle has little to do when it is opened.
        Stores.open(options).close();
        driver = Stores.parse(
                TIMEOUT,
                "{'addresses': ['" + proxy.address() + "'], 'prefix': '" + options.prefix() + "', 'commandTimeout': '"
                        + COMMAND.toMillis() + "ms'}");
        driver.put(DIGEST, path("m"));
        driver.put(DIGEST, path("a"));
    }

    @AfterEach
    void close() {
        driver.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aLookUpIsAskedAgain(Trap trap) {
        lookUps().forEach((name, lookUp) -> {
            proxy.spring(trap);
            lookUp.run();
            assertThat(proxy.isWaiting()).as("the trap, after " + name).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aChangeFailsInTimeAndMayBeRepeated(Trap trap) {
        changes().forEach((name, change) -> {
            proxy.spring(trap);
            long start = System.nanoTime();
            assertThatThrownBy(change::run).as(name).isInstanceOf(CacheUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(name).isLessThan(COMMAND.plus(SLACK));
            Await.until(() -> answers(change));
        });

        assertThat(driver.paths(DIGEST, Optional.empty(), 10))
                .isEqualTo(new PathSlice(Optional.of(path("e")), List.of(path("a"), path("d"), path("e"))));
    }

    @Test
    void aPutWhoseReplyWasLostIsSentOnlyOnce() {
        proxy.spring(Trap.CUT_AFTER);
        assertThatThrownBy(() -> driver.put(DIGEST, path("b"))).isInstanceOf(CacheUnavailableException.class);

        Await.until(() -> answers(() -> driver.canonical(DIGEST)));

        assertThat(driver.put(DIGEST, path("b"))).isEqualTo(new PutResult(false, path("m")));
    }

    @Test
    void aLookUpIsAskedAgainAfterTheConnectionEnded() {
        proxy.hangUp();

        assertThat(driver.canonical(DIGEST)).contains(path("m"));
    }

    @Test
    void aSlowNetworkIsNoFailure() {
        proxy.delay(Duration.ofMillis(50));

        assertThat(driver.put(DIGEST, path("b")).added()).isTrue();
        assertThat(driver.canonical(DIGEST)).contains(path("m"));
    }

    private Map<String, Runnable> lookUps() {
        LeaseDriver leases = driver.leases().orElseThrow();
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put("canonical", () -> assertThat(driver.canonical(DIGEST)).contains(path("m")));
        all.put("contains", () -> assertThat(driver.contains(DIGEST, path("a"))).isTrue());
        all.put(
                "paths",
                () -> assertThat(driver.paths(DIGEST, Optional.empty(), 10).canonical())
                        .contains(path("m")));
        all.put("peek", () -> assertThat(leases.peek(LeaseName.of(DIGEST))).isEmpty());
        all.put(
                "scan",
                () -> assertThat(driver.scan(ScanRequest.first(10)).entries()).hasSize(1));
        all.put(
                "list",
                () -> assertThat(leases.list(Optional.empty(), 10).leases()).isEmpty());
        all.put("info", () -> assertThat(driver.info().records()).hasValue(2));
        return all;
    }

    /** In this order they leave the same, however often each was repeated. */
    private Map<String, Runnable> changes() {
        LeaseDriver leases = driver.leases().orElseThrow();
        LeaseName name = LeaseName.of(DIGEST);
        OwnerToken owner = OwnerToken.random();
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put("put", () -> driver.put(DIGEST, path("b")));
        all.put("putAll", () -> driver.putAll(records("c", "d")));
        all.put(
                "acquire",
                () -> leases.tryAcquire(new LeaseClaim(name, owner, LEASE, "the test", Optional.empty(), false)));
        all.put("guarded put", () -> leases.put(DIGEST, owner, path("e")));
        all.put("promote", () -> leases.promote(DIGEST, owner, path("e")));
        all.put("guarded remove", () -> leases.remove(DIGEST, owner, path("b")));
        all.put("renew", () -> leases.renew(List.of(new LeaseRenewal(name, owner, LEASE, 1))));
        all.put("release", () -> leases.release(name, owner, Optional.empty()));
        all.put("remove", () -> driver.remove(DIGEST, path("m")));
        all.put("removeAll", () -> driver.removeAll(records("c")));
        return all;
    }

    private static List<BlobRecord> records(String... paths) {
        return List.of(paths).stream()
                .map(text -> new BlobRecord(DIGEST, path(text)))
                .toList();
    }

    private static boolean answers(Runnable operation) {
        try {
            operation.run();
            return true;
        } catch (CacheUnavailableException e) {
            return false;
        }
    }
}
