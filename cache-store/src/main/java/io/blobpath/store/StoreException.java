package io.blobpath.store;

import org.jspecify.annotations.Nullable;

/** The work on the store could not begin or go on. The subclass says what a caller can do about it. */
public abstract class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
