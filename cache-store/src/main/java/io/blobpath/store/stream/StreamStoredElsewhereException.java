package io.blobpath.store.stream;

import java.io.IOException;

/**
 * For a producer to throw, before its first byte, if it finds that the entry has become {@linkplain StreamCache#isStored stored} by
 * another process while it waited for its turn. Readers start over with what is there and do not see it.
 */
public final class StreamStoredElsewhereException extends IOException {
    private static final long serialVersionUID = 1L;

    /** There is nothing to tell. */
    public StreamStoredElsewhereException() {
        super("another process has stored the entry");
    }
}
