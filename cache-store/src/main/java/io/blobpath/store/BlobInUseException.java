package io.blobpath.store;

/** A manifest refers to the blob; remove the manifest first. */
public final class BlobInUseException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With the blob and its repository. */
    public BlobInUseException(String message) {
        super(message, null);
    }
}
