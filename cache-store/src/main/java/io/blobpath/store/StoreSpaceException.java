package io.blobpath.store;

/** The disk lacks the room for what was asked; nothing was changed. */
public final class StoreSpaceException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final long needed;
    private final long usable;

    /** With the bytes that are needed and those that are there. */
    public StoreSpaceException(String message, long needed, long usable) {
        super(message, null);
        this.needed = needed;
        this.usable = usable;
    }

    /** The bytes that the work would take. */
    public long needed() {
        return needed;
    }

    /** The bytes that the file system has left. */
    public long usable() {
        return usable;
    }
}
