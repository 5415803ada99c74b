package io.blobpath.redis;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Opens drivers and makes values for this driver's own tests. */
final class Stores {
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    private Stores() {}

    static CacheDriver open(RedisOptions options) {
        return open(options, TIMEOUT);
    }

    static CacheDriver open(RedisOptions options, Duration timeout) {
        return new RedisCacheProvider().open(options, new OpenContext(Optional.empty(), timeout));
    }

    /** Opens what this section of a config describes, with single quotes. */
    static CacheDriver parse(Duration timeout, String section) {
        String json =
                "{'driver': 'redis', 'operationTimeout': '" + timeout.toMillis() + "ms', 'redis': " + section + "}";
        return BlobPathCaches.openDriver(CacheConfig.parse(json.replace('\'', '"'), Path.of("")));
    }

    static RedisOptions options(RedisServer server) {
        return RedisOptions.single(server.address());
    }

    static String newPrefix() {
        return UUID.randomUUID().toString();
    }

    static Digest digest(int number) {
        byte[] bytes = new byte[DigestAlgorithm.SHA256.length()];
        ByteBuffer.wrap(bytes).putInt(number * 0x9E3779B1).putInt(number);
        return Digest.of(DigestAlgorithm.SHA256, bytes);
    }

    static BlobPath path(String text) {
        return BlobPath.of(text);
    }
}
