package io.blobpath.cache.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lease as the store has it.
 *
 * @param name what it is about
 * @param holder who holds it, in words: host, process, and what it calls itself
 * @param fence the fence of the grant
 * @param version changes with every grant and renewal, and is never used again for the name; only good to be compared
 * @param lease how long it lasts without a renewal
 * @param since when it was granted, by the holder's wall clock; only good to be shown
 * @param remaining how long it lasts still, where the store keeps the time
 * @param progress what the holder told last
 */
public record LeaseState(
        LeaseName name,
        String holder,
        long fence,
        String version,
        Duration lease,
        Instant since,
        Optional<Duration> remaining,
        long progress) {}
