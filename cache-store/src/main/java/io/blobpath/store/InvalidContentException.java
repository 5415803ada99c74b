package io.blobpath.store;

import org.jspecify.annotations.Nullable;

/** The content is not what it is said to be: another digest or size, or no manifest. Nothing of it is kept. */
public final class InvalidContentException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public InvalidContentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
