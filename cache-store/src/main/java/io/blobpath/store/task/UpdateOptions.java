package io.blobpath.store.task;

import io.blobpath.cache.lease.LeaseOptions;
import java.util.Objects;

/**
 * How updates are made.
 *
 * @param leases how long a lease lasts without a renewal, and how long to wait for all of an update's leases
 * @param attempts how often at most to take the resources of one update, 1 to 100
 */
public record UpdateOptions(LeaseOptions leases, int attempts) {
    /** The usual leases, and ten attempts. */
    public static final UpdateOptions DEFAULT = new UpdateOptions(LeaseOptions.DEFAULT, 10);

    /** Refuses null and numbers out of range. */
    public UpdateOptions {
        Objects.requireNonNull(leases, "leases");
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("attempts was " + attempts + " but it must be 1 to 100");
        }
    }
}
