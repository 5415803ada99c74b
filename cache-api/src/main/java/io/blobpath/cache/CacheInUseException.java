package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/** Somebody else holds what the driver needs for itself alone, and the message tells who. */
public class CacheInUseException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheInUseException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheInUseException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
