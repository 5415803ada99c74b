package io.blobpath.lmdb;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;

/** Opens the driver {@code lmdb}. Found by {@link java.util.ServiceLoader}. */
public final class LmdbCacheProvider implements BlobPathCacheProvider<LmdbOptions> {
    /** For {@link java.util.ServiceLoader}. */
    public LmdbCacheProvider() {}

    @Override
    public String name() {
        return "lmdb";
    }

    @Override
    public Class<LmdbOptions> optionsType() {
        return LmdbOptions.class;
    }

    /**
     * Opens the directory. Handles on one directory in one process share the LMDB environment; the first one's options
     * count until the last one is closed.
     */
    @Override
    public CacheDriver open(LmdbOptions options, OpenContext context) {
        return new LmdbBlobPathCache(LmdbEnvironments.acquire(options, context), context.operationTimeout());
    }
}
