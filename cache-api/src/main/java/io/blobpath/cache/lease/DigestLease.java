package io.blobpath.cache.lease;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.Optional;

/**
 * The lease of a digest, with what was recorded when it was granted and with guarded writes.
 *
 * <p>The store refuses each of these writes, in the same atomic step, unless its lease record still names this owner (F1). A
 * holder that was paused can therefore never write after its successor (F2). They throw {@link LeaseLostException} then, and
 * nothing is changed.
 */
public interface DigestLease extends Lease {
    /** The digest's entry, read in the same atomic step that granted the lease; empty if the digest is absent. */
    Optional<BlobEntry> entry();

    /** Records the path, like {@link io.blobpath.cache.BlobPathCache#put}, guarded. */
    PutResult put(BlobPath path);

    /** Removes the path, like {@link io.blobpath.cache.BlobPathCache#remove}, guarded. */
    RemoveResult remove(BlobPath path);

    /**
     * Makes a recorded path the canonical one, guarded (F3). The one before becomes a duplicate.
     *
     * @return whether the path is recorded, and so is canonical now
     */
    boolean promote(BlobPath path);
}
