package io.blobpath.store.blob;

import io.blobpath.cache.lease.LeaseOptions;
import java.time.Duration;

/**
 * How a store works.
 *
 * @param lease how to take the lease of a repository; its patience is for the changes of this store that are before and for
 *     the lease, together
 * @param sessions how often to begin again when others took the repository over, before it is given up as busy; 1 to 100
 * @param stall how long {@link BlobStore#fetch} waits for its source, or for the node that brings the blob, without a byte
 */
public record BlobStoreOptions(LeaseOptions lease, int sessions, Duration stall) {
    /** Refuses numbers of sessions out of range, and a stall that is not positive. */
    public BlobStoreOptions {
        if (stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException("stall was " + stall + " but it must be positive");
        }
        if (sessions < 1 || sessions > 100) {
            throw new IllegalArgumentException("sessions was " + sessions + " but it must be 1 to 100");
        }
    }

    /** A lease of ten seconds, so that others go on soon after a crash; thirty seconds of waiting; ten sessions; a minute of stall. */
    public static BlobStoreOptions defaults() {
        return new BlobStoreOptions(
                new LeaseOptions(Duration.ofSeconds(10), Duration.ofSeconds(30)), 10, Duration.ofMinutes(1));
    }

    /** The same with this lease. */
    public BlobStoreOptions withLease(LeaseOptions options) {
        return new BlobStoreOptions(options, sessions, stall);
    }

    /** The same with this stall. */
    public BlobStoreOptions withStall(Duration duration) {
        return new BlobStoreOptions(lease, sessions, duration);
    }
}
