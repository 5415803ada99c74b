package io.blobpath.cache;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.util.List;
import java.util.Optional;

/** The door: opens caches and tells which drivers are there. */
public final class BlobPathCaches {
    private BlobPathCaches() {}

    /**
     * Opens the cache that the config describes, with the driver that {@link java.util.ServiceLoader} finds.
     *
     * @throws CacheConfigException if the config is wrong, with every problem, or the driver is not on the class path
     * @throws BlobPathCacheException if the backend cannot be used; nothing is left open
     */
    public static BlobPathCache open(CacheConfig config) {
        Providers providers = Providers.installed();
        return open(config.resolve(providers));
    }

    /** The names of the drivers on the class path, sorted. */
    public static List<String> drivers() {
        return Providers.installed().names();
    }

    /**
     * The keys that a driver understands, as its config section has them.
     *
     * @throws CacheConfigException if there is no such driver
     */
    public static List<OptionInfo> options(String driver) {
        return OptionInfo.of(Providers.installed().byName(driver).optionsType());
    }

    /**
     * Opens the driver without the shared checks around it. For tests of drivers, such as the kit's of single lease calls.
     *
     * @throws BlobPathCacheException like {@link #open}
     */
    public static CacheDriver openDriver(CacheConfig config) {
        return openDriver(config.resolve(Providers.installed()));
    }

    /**
     * Puts the shared checks around a driver that was opened without a config. For tests of drivers; the kit uses it to prove
     * that it catches faulty ones.
     */
    public static BlobPathCache wrap(String name, CacheDriver driver, OpenContext context) {
        return new CheckedCache(name, driver, context.operationTimeout());
    }

    private static <O extends Record> BlobPathCache open(CacheConfig.Resolved<O> resolved) {
        return wrap(resolved.provider().name(), openDriver(resolved), resolved.context());
    }

    private static <O extends Record> CacheDriver openDriver(CacheConfig.Resolved<O> resolved) {
        BlobPathCacheProvider<O> provider = resolved.provider();
        try {
            return provider.open(resolved.options(), resolved.context());
        } catch (BlobPathCacheException e) {
            throw e.at(provider.name(), "open", Optional.empty());
        }
    }
}
