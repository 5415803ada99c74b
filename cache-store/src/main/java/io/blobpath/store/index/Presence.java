package io.blobpath.store.index;

/** Whether a path names a file. */
public enum Presence {
    /** There is something at the path. */
    THERE,
    /** The system says for certain that there is nothing. */
    GONE,
    /** The system could not tell. */
    UNKNOWN
}
