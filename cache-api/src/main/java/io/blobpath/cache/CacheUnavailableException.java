package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/**
 * The backend could not be reached or did not answer within the deadline (E1). A change may have been applied or not; it is
 * safe to repeat (E4).
 */
public class CacheUnavailableException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheUnavailableException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheUnavailableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
