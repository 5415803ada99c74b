package io.blobpath.store.stream;

import java.io.IOException;

/** Nobody reads the stream any more, so it is not made any further. Producers get it from a write. */
public final class StreamAbandonedException extends IOException {
    private static final long serialVersionUID = 1L;

    StreamAbandonedException(String message) {
        super(message);
    }
}
