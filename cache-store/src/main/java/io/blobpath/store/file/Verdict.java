package io.blobpath.store.file;

/** Whether the bytes of a file match a digest. */
public enum Verdict {
    /** They do. */
    MATCHES,
    /** They do not, and nobody changed the file meanwhile. */
    DIFFERS,
    /** The file changed while it was read. */
    CHANGED,
    /** The algorithm cannot be computed here. */
    NOT_VERIFIABLE
}
