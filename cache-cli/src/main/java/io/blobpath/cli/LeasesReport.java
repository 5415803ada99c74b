package io.blobpath.cli;

import io.blobpath.cache.lease.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What {@code leases} prints. */
record LeasesReport(List<Held> leases) {
    /**
     * One lease.
     *
     * @param name a digest or another name
     * @param digest whether it is the lease of a digest
     * @param holder host, process and what it calls itself
     * @param fence what {@code leases break} wants to know
     * @param since when it was granted, by the holder's wall clock
     * @param ageMillis how long ago that was, by the wall clock here
     * @param leaseMillis how long it lasts without a renewal
     * @param remainingMillis how long it lasts still, where the store keeps the time
     * @param progress what the holder told last
     */
    record Held(
            String name,
            boolean digest,
            String holder,
            long fence,
            String since,
            long ageMillis,
            long leaseMillis,
            OptionalLong remainingMillis,
            long progress) {
        static Held of(LeaseState state, Instant now) {
            return new Held(
                    state.name().toString(),
                    state.name().digest().isPresent(),
                    state.holder(),
                    state.fence(),
                    state.since().toString(),
                    // Clocks of two hosts differ; nobody holds a lease since tomorrow.
                    Math.max(0, Duration.between(state.since(), now).toMillis()),
                    state.lease().toMillis(),
                    state.remaining().stream()
                            .mapToLong(left -> Math.max(0, left.toMillis()))
                            .findAny(),
                    state.progress());
        }
    }

    /** What {@code leases break} prints. */
    record Broken(String name, long fence, boolean broken) {}
}
