package com.example.blobpath;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;

/** Opens the driver, {@code jdbc}. */
public final class JdbcCacheProvider implements BlobPathCacheProvider<JdbcOptions> {
    /** For {@link java.util.ServiceLoader}. */
    public JdbcCacheProvider() {}

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public Class<JdbcOptions> optionsType() {
        return JdbcOptions.class;
    }

    @Override
    public CacheDriver open(JdbcOptions options, OpenContext context) {
        JdbcDatabase database = JdbcDatabase.open(options.file(), context.operationTimeout());
        try {
            return new JdbcBlobPathCache(database, JdbcSchema.open(database, context.storeId()));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
