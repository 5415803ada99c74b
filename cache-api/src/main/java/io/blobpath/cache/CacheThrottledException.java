package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/** The backend refuses for now because of load or limits, and went on doing so until the deadline. */
public class CacheThrottledException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheThrottledException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheThrottledException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
