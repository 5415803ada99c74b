package io.blobpath.store.blob;

import io.blobpath.cache.lease.LeaseOptions;
import java.time.Duration;

/**
 * How a store works.
 *
 * @param lease how to take the lease of a repository
 * @param sessions how often to begin again when others took the repository over, before it is given up as busy
 */
public record BlobStoreOptions(LeaseOptions lease, int sessions) {
    /** Refuses less than one session. */
    public BlobStoreOptions {
        if (sessions < 1) {
            throw new IllegalArgumentException("sessions was " + sessions + " but it must be positive");
        }
    }

    /** A lease of ten seconds, so that others go on soon after a crash; thirty seconds of waiting; ten sessions. */
    public static BlobStoreOptions defaults() {
        return new BlobStoreOptions(new LeaseOptions(Duration.ofSeconds(10), Duration.ofSeconds(30)), 10);
    }

    /** The same with this lease. */
    public BlobStoreOptions withLease(LeaseOptions options) {
        return new BlobStoreOptions(options, sessions);
    }
}
