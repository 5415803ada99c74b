package io.blobpath.tck;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.CacheDriver;
import java.util.Map;
import java.util.Set;

/**
 * One store of the driver under test, empty and without a stamp when it is made. Each test gets a new one and closes it.
 *
 * <p>Two harnesses at once are two stores on one backend, if the driver has such a thing.
 */
public interface TckHarness extends AutoCloseable {
    /**
     * The config that opens the store: {@code CacheConfig.of(options)}, without a store id. The kit adds store ids and timeouts.
     */
    CacheConfig config();

    /**
     * JSON that opens the same store in another JVM of this host, as {@link CacheConfig#parse} reads it; its paths are absolute.
     * The other JVM has the class path of this one. Needed for {@link Capability#PROCESSES}.
     */
    default String sharedConfig() {
        throw new UnsupportedOperationException("declare PROCESSES as unsupported, or return a config");
    }

    /** Opens another handle on the store. The kit closes it. */
    default BlobPathCache open(CacheConfig config) {
        return BlobPathCaches.open(config);
    }

    /** Opens the driver on the store without the shared checks, for rules about single lease calls. The kit closes it. */
    default CacheDriver openDriver(CacheConfig config) {
        return BlobPathCaches.openDriver(config);
    }

    /** What cannot be tested here, each with the reason in a few words. */
    default Map<Capability, String> unsupported() {
        return Map.of();
    }

    /** Needed for {@link Capability#CUT_OFF} and {@link Capability#LOST_REPLY}. */
    default FaultControl faults() {
        throw new UnsupportedOperationException(
                "declare CUT_OFF and LOST_REPLY as unsupported, or return a FaultControl");
    }

    /**
     * Raises the schema version in the stamp of the store, which was opened before and is closed now. Needed for
     * {@link Capability#NEWER_SCHEMA}.
     *
     * @return the version that the stamp has now
     */
    default int stampNewerSchema() {
        throw new UnsupportedOperationException(
                "declare NEWER_SCHEMA as unsupported, or raise the version in the stamp");
    }

    /**
     * Changes what the store keeps of the digest's canonical path, past the driver and while handles are open, so that it could
     * still be taken for a record: where the driver keeps a check value, into another valid path. Needed for
     * {@link Capability#DAMAGE}.
     */
    default void damage(Digest digest) {
        throw new UnsupportedOperationException("declare DAMAGE as unsupported, or change the record");
    }

    /** The passwords and the like in {@link #config}, which no text of the driver may show. */
    default Set<String> secrets() {
        return Set.of();
    }

    /** Takes away everything in the store, its stamp included, as an operator would. No handle is open. */
    void wipe();

    /** Removes the store. No handle is open. */
    @Override
    void close();
}
