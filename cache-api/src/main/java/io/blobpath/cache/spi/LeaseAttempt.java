package io.blobpath.cache.spi;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.lease.LeaseState;
import java.util.Optional;

/** What came of a {@link LeaseClaim}. */
public sealed interface LeaseAttempt {
    /**
     * The lease is the caller's.
     *
     * @param fence larger than every fence granted before for this name
     * @param entry for a digest: what is recorded, read in the same atomic step, with up to {@link #DUPLICATES} duplicates
     */
    record Granted(long fence, Optional<BlobEntry> entry) implements LeaseAttempt {}

    /**
     * Somebody else holds it.
     *
     * @param by who
     */
    record Held(LeaseState by) implements LeaseAttempt {}

    /**
     * The last holder failed for good, not long ago, and that is remembered.
     *
     * @param reason what the holder told
     */
    record Failed(String reason) implements LeaseAttempt {}

    /** The most duplicates in the entry of a grant. */
    int DUPLICATES = 100;
}
