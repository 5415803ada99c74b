package io.blobpath.store.stream;

import java.io.IOException;

/** The producer failed; the cause is what it threw, an {@link Error} included. All bytes that it had written came before. */
public final class StreamFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    StreamFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
