package io.blobpath.store;

/** Another run changes the files of this root; wait until it has ended. */
public final class StoreBusyException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With what is busy. */
    public StoreBusyException(String message) {
        super(message, null);
    }
}
