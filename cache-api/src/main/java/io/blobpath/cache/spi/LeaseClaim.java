package io.blobpath.cache.spi;

import io.blobpath.cache.lease.LeaseName;
import java.time.Duration;
import java.util.Optional;

/**
 * What somebody who wants a lease asks.
 *
 * @param name what it is about
 * @param owner names this acquisition
 * @param lease how long it shall last without a renewal
 * @param holder who asks, in words
 * @param takeOver the version that the caller has seen unchanged for the whole length of that lease, on its own monotonic
 *     clock: if the record still has this version, its holder is gone and the lease is granted. Drivers whose store keeps the
 *     time ignore it
 * @param honourFailure whether a failure that is remembered for the name is to be answered instead of a grant
 */
public record LeaseClaim(
        LeaseName name,
        OwnerToken owner,
        Duration lease,
        String holder,
        Optional<String> takeOver,
        boolean honourFailure) {}
