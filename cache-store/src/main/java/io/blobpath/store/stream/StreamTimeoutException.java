package io.blobpath.store.stream;

import java.io.IOException;

/** No byte came within the read timeout of {@link StreamOptions}. The stream goes on, and the reader may read again. */
public final class StreamTimeoutException extends IOException {
    private static final long serialVersionUID = 1L;

    StreamTimeoutException(String message) {
        super(message);
    }
}
