package io.blobpath.tck.faulty;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import io.blobpath.tck.memory.MemoryCacheProvider;
import io.blobpath.tck.memory.MemoryOptions;

/** Opens the reference driver with a bug in it, {@code faulty}. */
public final class FaultyCacheProvider implements BlobPathCacheProvider<FaultyOptions> {
    /** For {@link java.util.ServiceLoader}. */
    public FaultyCacheProvider() {}

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public Class<FaultyOptions> optionsType() {
        return FaultyOptions.class;
    }

    @Override
    public CacheDriver open(FaultyOptions options, OpenContext context) {
        Fault fault = Fault.named(options.fault());
        CacheDriver sound =
                new MemoryCacheProvider().open(new MemoryOptions(options.store()), fault.context(context, options));
        return fault.driver(new ForwardingDriver(sound), options);
    }
}
