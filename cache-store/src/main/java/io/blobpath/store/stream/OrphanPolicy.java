package io.blobpath.store.stream;

/** What becomes of a stream that nobody reads any more while it is made. */
public enum OrphanPolicy {
    /** It ends: the producer is interrupted, and the entry is gone. */
    ABORT,
    /** It is made to its end, at full speed, for whoever comes next. One reader who asked for it is enough. */
    FINISH
}
