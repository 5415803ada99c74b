package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/** The backend refuses this user: permissions, credentials, or a store that is read-only. */
public class CacheAccessException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheAccessException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheAccessException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
