package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/** The thread was interrupted while it waited; its interrupt flag is set. A change may have been applied or not (E5). */
public class CacheInterruptedException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheInterruptedException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheInterruptedException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
