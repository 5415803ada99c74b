package io.blobpath.store;

import org.jspecify.annotations.Nullable;

/** The root, or the cache's own folder in it, cannot be used; the message says why and what to do. */
public final class StoreRootException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With what cannot be used and why. */
    public StoreRootException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
