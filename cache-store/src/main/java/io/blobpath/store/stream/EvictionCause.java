package io.blobpath.store.stream;

/** Why an entry was removed. */
public enum EvictionCause {
    /** Nobody used it for too long, or its time to live was over. */
    AGE,
    /** There was no room left for the bytes of another. */
    BYTES,
    /** There were too many. */
    ENTRIES
}
