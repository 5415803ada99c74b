package io.blobpath.cache.lease;

import java.util.Optional;

/** What the work of a flight may use. Safe for any thread. */
public interface FlightContext {
    /**
     * The lease that the work runs under; for a digest a {@link DigestLease} with guarded writes. Empty in a flight of one JVM, and
     * when the store was down and the caller chose to proceed.
     */
    Optional<Lease> lease();

    /** Tells those who wait that the work goes on, and how far it is. */
    void progress(long units);
}
