package io.blobpath.cache.lease;

import io.blobpath.cache.BlobPathCacheException;

/** A guarded write was refused, because the lease is not held any more. Nothing was changed. */
public final class LeaseLostException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With what is known of the loss. */
    public LeaseLostException(String reason) {
        super(reason, null);
    }
}
