package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.Secret;
import io.blobpath.cache.spi.CacheDriver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers that refuse. */
class AccessTest {
    private static final String PASSWORD = "correct-horse";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Test
    void thePasswordIsNeeded() {
        try (RedisServer server = RedisServer.start("--requirepass", PASSWORD, "--save", "")) {
            assertRefusedWithoutSecret(Stores.options(server), "NOAUTH");
            assertRefusedWithoutSecret(Stores.options(server).withUser("default", Secret.of("hunter2")), "WRONGPASS");

            try (CacheDriver driver =
                    Stores.open(Stores.options(server).withUser("default", Secret.of(PASSWORD)), TIMEOUT)) {
                assertThat(driver.put(digest(1), path("a")).added()).isTrue();
            }
        }
    }

    @Test
    void aUserWithoutTheRightsIsRefused() {
        RedisServer server = RedisServers.single();
        RedisServers.ask(server, "ACL", "SETUSER", "reader", "on", ">" + PASSWORD, "~*", "-@all", "+@read", "+ping");

        assertRefusedWithoutSecret(Stores.options(server).withUser("reader", Secret.of(PASSWORD)), "NOPERM");
    }

    @Test
    void aFullServerKeepsWhatItHas() {
        try (RedisServer server = RedisServer.start("--save", "");
                CacheDriver driver = Stores.open(Stores.options(server))) {
            driver.put(digest(1), path("m"));
            driver.put(digest(1), path("a"));
            RedisServers.ask(server, "CONFIG", "SET", "maxmemory", "1");

            assertThat(catchThrowable(() -> driver.put(digest(1), path("b")))).isInstanceOf(CacheFullException.class);

            assertThat(driver.canonical(digest(1))).contains(path("m"));
            assertThat(driver.remove(digest(1), path("m")).promoted()).contains(path("a"));
        }
    }

    private static void assertRefusedWithoutSecret(RedisOptions options, String word) {
        Throwable refusal = catchThrowable(() -> Stores.open(options, TIMEOUT));

        assertThat(refusal).isInstanceOf(CacheAccessException.class).hasMessageContaining(word);
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        assertThat(text + options.toString()).doesNotContain(PASSWORD, "hunter2");
    }
}
