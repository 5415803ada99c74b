package io.blobpath.cache.spi;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheConfigException;

/**
 * What {@link java.util.ServiceLoader} finds of a driver: its name, its options and how to open it.
 *
 * <p>Creating a provider must do nothing that can fail.
 *
 * @param <O> the driver's options, a record whose components carry {@link Option}
 */
public interface BlobPathCacheProvider<O extends Record> {
    /** The name of the driver in a config, in lower case, such as {@code lmdb}. */
    String name();

    /** The record that the driver's section of the config is bound to. */
    Class<O> optionsType();

    /**
     * Opens the driver. The options were bound and each lies in the bounds of its {@link Option}.
     *
     * <p>It reads the stamp of the namespace, or writes it if there is none, in one atomic step, and compares it (L7, L8). If
     * it fails, nothing is left open.
     *
     * @throws CacheConfigException if the options contradict each other
     * @throws BlobPathCacheException if the backend cannot be used
     */
    CacheDriver open(O options, OpenContext context);
}
