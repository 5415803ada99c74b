package io.blobpath.redis;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.time.Duration;

/** Finds the driver by its name. */
public final class RedisCacheProvider implements BlobPathCacheProvider<RedisOptions> {
    /** For {@link java.util.ServiceLoader}. */
    public RedisCacheProvider() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Class<RedisOptions> optionsType() {
        return RedisOptions.class;
    }

    @Override
    public CacheDriver open(RedisOptions options, OpenContext context) {
        RedisCalls calls = RedisCalls.connect(options, context.operationTimeout());
        boolean opened = false;
        try {
            // A first connection is slow, and code is not warm yet: opening has the time that a connection may take.
            Deadline deadline = Deadline.in(longer(context.operationTimeout(), options.connectTimeout()));
            RedisKeys keys = new RedisKeys(options.prefix());
            RedisStamps.Found found = RedisStamps.find(calls, keys, deadline);
            RedisFitness.check(options, found, calls, deadline);
            RedisStamps stamps = RedisStamps.open(found, context.storeId(), calls, keys, deadline);
            CacheDriver driver = new RedisBlobPathCache(options, calls, keys, stamps);
            opened = true;
            return driver;
        } finally {
            if (!opened) {
                calls.close();
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
