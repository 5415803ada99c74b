package io.blobpath.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Opening ends in time, and leaves nothing behind when it fails. */
class OpeningTest {
    private static final Duration SLACK = Duration.ofSeconds(3);

    @Test
    void aServerThatDoesNotAnswerIsGivenUpInTime() {
        try (FaultProxy proxy = new FaultProxy(RedisServers.single())) {
            // What is measured is the wait, and not the first loading of all classes.
            open(proxy, "10s", Duration.ofSeconds(10));
            proxy.cut();
            long start = System.nanoTime();

            assertThatThrownBy(() -> open(proxy, "300ms", Duration.ofMillis(200)))
                    .isInstanceOf(CacheUnavailableException.class)
                    .hasMessageContaining(proxy.address());

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofMillis(500).plus(SLACK));
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        FaultProxy proxy = new FaultProxy(RedisServers.single());
        proxy.close();

        assertThatThrownBy(() -> open(proxy, "5s", Duration.ofSeconds(5)))
                .isInstanceOf(CacheUnavailableException.class)
                .hasMessageContaining(proxy.address());
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        try (FaultProxy proxy = new FaultProxy(RedisServers.single())) {
            proxy.cut();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread opener = new Thread(() -> {
                try {
                    open(proxy, "1m", Duration.ofMinutes(1));
                } catch (CacheInterruptedException e) {
                    flag.complete(Thread.currentThread().isInterrupted());
                } catch (RuntimeException e) {
                    flag.completeExceptionally(e);
                }
            });
            opener.start();
            Await.until(() -> proxy.connections() > 0);

            opener.interrupt();

            assertThat(flag.get()).as("the interrupt flag").isTrue();
            opener.join();
            Await.until(() -> threads() == 0);
        }
    }

    private static void open(FaultProxy proxy, String connectTimeout, Duration operationTimeout) {
        Stores.parse(
                        operationTimeout,
                        "{'addresses': ['" + proxy.address() + "'], 'connectTimeout': '" + connectTimeout + "'}")
                .close();
    }

    /** The threads that connect; those of clients go with them. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("blobpath-redis-connect"))
                .count();
    }
}
