package io.blobpath.store;

/**
 * A collection took away the bytes of an upload before it was complete, because nothing had been written to them for the grace
 * period. Nothing of it is kept, and it can be made again.
 */
public final class UploadExpiredException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With what was uploaded, and how it was noticed. */
    public UploadExpiredException(String message, Throwable cause) {
        super(message, cause);
    }
}
