package io.blobpath.cache.lease;

import java.time.Duration;

/**
 * How to take a lease.
 *
 * @param lease how long it lasts without a renewal, 100 ms to 1 h; it is renewed in the background while it is held, so
 *     this is how long the others wait when the holder dies or hangs
 * @param patience how long to wait for it at most; zero to try once
 */
public record LeaseOptions(Duration lease, Duration patience) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Thirty seconds of lease, ten seconds of waiting. */
    public static final LeaseOptions DEFAULT = new LeaseOptions(Duration.ofSeconds(30), Duration.ofSeconds(10));

    /** Refuses null and durations out of range. */
    public LeaseOptions {
        if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lease was " + lease + " but it must be 100 ms to 1 h");
        }
        if (patience.isNegative() || patience.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("patience was " + patience + " but it must be 0 to 365 days");
        }
    }

    /** The same with this lease. */
    public LeaseOptions withLease(Duration duration) {
        return new LeaseOptions(duration, patience);
    }

    /** The same with this wait. */
    public LeaseOptions withPatience(Duration duration) {
        return new LeaseOptions(lease, duration);
    }
}
