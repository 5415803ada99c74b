package io.blobpath.tck.memory;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;

/** Opens the reference driver, {@code memory}. */
public final class MemoryCacheProvider implements BlobPathCacheProvider<MemoryOptions> {
    /** For {@link java.util.ServiceLoader}. */
    public MemoryCacheProvider() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Class<MemoryOptions> optionsType() {
        return MemoryOptions.class;
    }

    @Override
    public CacheDriver open(MemoryOptions options, OpenContext context) {
        MemoryStore store = MemoryStores.named(options.store());
        store.link().reach(context.operationTimeout());
        store.openAs(context.storeId());
        return new MemoryDriver(store, context.operationTimeout());
    }
}
