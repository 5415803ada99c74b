package io.blobpath.cache;

import org.jspecify.annotations.Nullable;

/**
 * The store that was opened is not there any more, in whole or in part: wiped, evicted, replaced by an empty one. What was
 * recorded there is gone, and "absent" would be a lie about it. Open the cache again to go on, and index anew.
 */
public class CacheStoreLostException extends CacheMismatchException {
    private static final long serialVersionUID = 1L;

    /** With the reason and the way out. */
    public CacheStoreLostException(String reason) {
        this(reason, null);
    }

    /** With the reason, the way out and the vendor's exception. */
    public CacheStoreLostException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
