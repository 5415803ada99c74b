package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/**
 * What was found is another store than the one asked for, or of a newer schema than this driver knows (L7, L8). Nothing was
 * changed.
 */
public class CacheMismatchException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheMismatchException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheMismatchException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
