package io.blobpath.store.stream;

import java.io.IOException;

/** The disk of the cache failed under {@link StorageErrorPolicy#FAIL}, or while bytes of it were already delivered. The entry is gone. */
public final class StreamStorageException extends IOException {
    private static final long serialVersionUID = 1L;

    StreamStorageException(String message, IOException cause) {
        super(message, cause);
    }
}
