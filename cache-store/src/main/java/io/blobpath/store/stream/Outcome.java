package io.blobpath.store.stream;

/** Where the bytes of a reader come from. */
public enum Outcome {
    /** From a complete entry. */
    HIT,
    /** From an entry that another caller is having made. */
    JOINED,
    /** From an entry that this caller has made. */
    CREATED,
    /** From this caller's producer; nothing is kept. */
    BYPASSED
}
