package io.blobpath.store;

/** A {@link BlobSource} failed before its first byte; the cause is what it threw. Nothing is kept, and others may try. */
public final class SourceException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With what was asked for, and the source's failure. */
    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
