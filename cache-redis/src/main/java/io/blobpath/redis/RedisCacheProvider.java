package io.blobpath.redis;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;

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

    /** Opens within the time to connect and that of one operation together. */
    @Override
    public CacheDriver open(RedisOptions options, OpenContext context) {
        Deadline deadline = Deadline.in(options.connectTimeout().plus(context.operationTimeout()));
        RedisCalls calls = RedisCalls.connect(options, context.operationTimeout(), deadline);
        boolean opened = false;
        try {
            RedisKeys keys = new RedisKeys(options.prefix());
            RedisStamps.Found found = RedisStamps.find(calls, keys, deadline);
            RedisFitness.check(options, found, calls, deadline);
            RedisStamps stamps = RedisStamps.open(found, context.storeId(), calls, keys, deadline);
            CacheDriver driver = new RedisBlobPathCache(options, calls, keys, stamps, found.lost());
            opened = true;
            return driver;
        } finally {
            if (!opened) {
                calls.close();
            }
        }
    }
}
