package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody else wrote under our keys is a corruption, and is never turned into an object. */
class PoisonTest {
    private static final AtomicInteger DESERIALIZED = new AtomicInteger();

    private final String prefix = Stores.newPrefix();
    private final RedisServer server = RedisServers.single();
    private final String key = new RedisKeys(prefix).records(RedisKeys.bucket(digest(1)));
    private CacheDriver driver;

    /** Tells when it is deserialized. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            DESERIALIZED.incrementAndGet();
        }
    }

    @BeforeEach
    void open() {
        driver = Stores.open(Stores.options(server).withPrefix(prefix));
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aKeyOfAnotherTypeIsCorrupted() {
        RedisServers.ask(server, "DEL", key);
        RedisServers.ask(server, "SET", key, "{\"@class\":\"java.net.URL\"}");

        assertCorrupted();
        assertThatThrownBy(() -> driver.put(digest(1), path("a"))).isInstanceOf(CacheCorruptedException.class);
        assertThatThrownBy(() -> driver.contains(digest(1), path("a"))).isInstanceOf(CacheCorruptedException.class);
        assertThatThrownBy(() -> driver.remove(digest(1), path("a"))).isInstanceOf(CacheCorruptedException.class);
        assertThatThrownBy(() -> Stores.open(Stores.options(server).withPrefix(prefix)))
                .isInstanceOf(CacheCorruptedException.class);
    }

    @Test
    void bytesThatAreNoPathAreCorrupted() throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(object)) {
            out.writeObject(new Gadget());
        }
        List<byte[]> poisons = List.of(
                object.toByteArray(),
                new byte[] {1, 0, 'c', 'o', 'm', '.', (byte) 0xfe},
                new byte[] {(byte) 0xc3},
                "../../etc/passwd".getBytes(StandardCharsets.UTF_8),
                "/absolute".getBytes(StandardCharsets.UTF_8),
                new byte[0]);
        byte[] digest = RedisRecords.digest(digest(1));

        assertThat(poisons).allSatisfy(poison -> {
            byte[] member = new byte[digest.length + 1 + poison.length];
            System.arraycopy(digest, 0, member, 0, digest.length);
            System.arraycopy(poison, 0, member, digest.length + 1, poison.length);
            RedisServers.ask(server, "ZADD", key, 0, member);
            assertCorrupted();
            RedisServers.ask(server, "ZREM", key, member);
        });
        assertThat(DESERIALIZED).hasValue(0);
        assertThat(driver.canonical(digest(1))).isEmpty();
    }

    @Test
    void membersThatAreNoRecordsStopAScan() {
        RedisServers.ask(server, "ZADD", key, 0, "zzz");

        assertThatThrownBy(() -> driver.scan(ScanRequest.first(1000))).isInstanceOf(CacheCorruptedException.class);
    }

    private void assertCorrupted() {
        assertThatThrownBy(() -> driver.canonical(digest(1))).isInstanceOf(CacheCorruptedException.class);
        assertThatThrownBy(() -> driver.paths(digest(1), Optional.empty(), 10))
                .isInstanceOf(CacheCorruptedException.class);
        assertThatThrownBy(() -> driver.scan(ScanRequest.first(1000))).isInstanceOf(CacheCorruptedException.class);
    }
}
