package io.blobpath.lmdb;

import io.blobpath.cache.CacheInUseException;
import io.blobpath.cache.spi.OpenContext;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The environments that are open in this process: one for each directory, shared by all handles on it. LMDB forbids to open
 * one twice in a process, and does not notice.
 *
 * <p>A class loader that loads this class again has another map. What all of them see are the system properties, so each
 * open directory is claimed there.
 */
final class LmdbEnvironments {
    private static final ConcurrentMap<Object, LmdbEnvironment> OPEN = new ConcurrentHashMap<>();
    private static final String CLAIM = "io.blobpath.lmdb.open.";

    private LmdbEnvironments() {}

    /** The open environment, or a new one; {@link #release} gives it back. */
    static LmdbEnvironment acquire(LmdbOptions options, OpenContext context) {
        LmdbDirectory directory = LmdbDirectory.prepare(options);
        return OPEN.compute(directory.key(), (key, open) -> {
            LmdbEnvironment environment = open != null ? open : open(directory, options, context);
            try {
                environment.stamp().checkStore(context.storeId());
                environment.retain();
                return environment;
            } catch (RuntimeException e) {
                if (open == null) {
                    environment.close(Deadline.in(context.operationTimeout()));
                }
                throw e;
            }
        });
    }

    /** Closes the environment if this was its last handle; false if it could not be closed in time. */
    static boolean release(LmdbEnvironment environment, Deadline deadline) {
        AtomicBoolean done = new AtomicBoolean(true);
        OPEN.compute(environment.directory().key(), (key, open) -> {
            if (environment.release() > 0) {
                return open;
            }
            done.set(environment.close(deadline));
            return null;
        });
        return done.get();
    }

    private static LmdbEnvironment open(LmdbDirectory directory, LmdbOptions options, OpenContext context) {
        String claim = CLAIM + directory.key();
        if (System.getProperties().putIfAbsent(claim, directory.path().toString()) != null) {
            throw new CacheInUseException(
                    directory.path() + " is open in this process already, by another class loader or"
                            + " by a cache that could not be closed yet; share one cache, or wait");
        }
        return LmdbEnvironment.open(
                directory, options, context, () -> System.getProperties().remove(claim));
    }
}
