package io.blobpath.store;

/** What a run is doing, for progress. */
public enum StorePhase {
    /** Walks the tree and records blobs; items are blobs. */
    INDEX,
    /** Looks for records whose file is gone; items are records. */
    STALE,
    /** Compares and links the copies of each digest; items are paths. */
    DEDUPE,
    /** Adds up the room that an undo needs; items are blobs. */
    MEASURE,
    /** Gives shared files copies of their own; items are blobs. */
    UNDO,
    /** Follows manifests; items are repositories. */
    STRUCTURE,
    /** Reads blobs and compares them with their names; items are files. */
    READ,
    /** Compares records with the disk or with those of another cache; items are records or blobs. */
    COMPARE,
    /** Copies records; items are records. */
    COPY,
    /** Removes what nothing refers to; items are repositories. */
    COLLECT,
    /** Adds up digests, paths and bytes; items are paths. */
    STATS
}
