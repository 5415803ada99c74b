package io.blobpath.store.stream;

import java.io.IOException;

/** The reader took less than {@link StreamCacheOptions} asks for, and was sent away so that it holds up nobody. */
public final class StreamTooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    StreamTooSlowException(String message) {
        super(message);
    }
}
