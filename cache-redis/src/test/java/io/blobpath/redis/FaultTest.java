package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.OwnerToken;
import io.blobpath.redis.FaultProxy.Trap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way to the server breaks in the middle of each change. */
class FaultTest {
    private static final Duration TIMEOUT = Duration.ofMillis(700);
    private static final Duration SLACK = Duration.ofSeconds(3);

    private final FaultProxy proxy = new FaultProxy(RedisServers.single().port());
    private final RedisOptions options = RedisOptions.single(proxy.address()).withPrefix(Stores.newPrefix());
    private CacheDriver driver;

    @BeforeEach
    void open() {
        driver = Stores.open(options, TIMEOUT);
        driver.put(digest(1), path("m"));
        driver.put(digest(1), path("a"));
    }

    @AfterEach
    void close() {
        driver.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aChangeThatIsCutFailsInTimeAndMayBeRepeated(Trap trap) {
        LeaseClaim claim = new LeaseClaim(
                LeaseName.of(digest(1)),
                OwnerToken.random(),
                Duration.ofSeconds(30),
                "the test",
                Optional.empty(),
                false);
        Map<String, Runnable> changes = Map.of(
                "put", () -> driver.put(digest(1), path("b")),
                "remove", () -> driver.remove(digest(1), path("m")),
                "putAll", () -> driver.putAll(List.of(new BlobRecord(digest(1), path("c")))),
                "removeAll", () -> driver.removeAll(List.of(new BlobRecord(digest(1), path("c")))),
                "acquire", () -> driver.leases().orElseThrow().tryAcquire(claim));

        changes.forEach((name, change) -> {
            proxy.spring(trap);
            long start = System.nanoTime();
            assertThatThrownBy(change::run).as(name).isInstanceOf(CacheUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(name).isLessThan(TIMEOUT.plus(SLACK));
            proxy.hangUp();
            repeat(change);
        });

        assertThat(driver.canonical(digest(1))).isPresent();
    }

    @Test
    void aPutWhoseReplyWasLostIsSentOnlyOnce() {
        proxy.spring(Trap.CUT_AFTER);
        assertThatThrownBy(() -> driver.put(digest(1), path("b"))).isInstanceOf(CacheUnavailableException.class);

        Await.until(() -> answers(() -> driver.canonical(digest(1))));

        assertThat(driver.put(digest(1), path("b"))).isEqualTo(new PutResult(false, path("m")));
    }

    @Test
    void aLookUpIsAskedAgainAfterTheConnectionEnded() {
        proxy.hangUp();

        assertThat(driver.canonical(digest(1))).contains(path("m"));
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        proxy.close();

        assertThatThrownBy(() -> Stores.open(options, TIMEOUT))
                .isInstanceOf(CacheUnavailableException.class)
                .hasMessageContaining(proxy.address());
    }

    /** Connections come back in their own time. */
    private static void repeat(Runnable change) {
        Await.until(() -> answers(change));
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
