package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/** There is no room for the change: disk, map or memory of the backend is full. What was recorded before is intact. */
public class CacheFullException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheFullException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheFullException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
