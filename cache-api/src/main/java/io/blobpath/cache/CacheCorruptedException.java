package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/** A record, or the whole store of the driver, is not what this driver wrote. It is never guessed at nor answered from. */
public class CacheCorruptedException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheCorruptedException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheCorruptedException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
