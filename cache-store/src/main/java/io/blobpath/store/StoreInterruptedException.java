package io.blobpath.store;

/** The thread was interrupted; its flag is set again. Every file is whole, and the next run does the rest. */
public final class StoreInterruptedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With the interrupt. */
    public StoreInterruptedException(InterruptedException cause) {
        super("interrupted", cause);
    }
}
