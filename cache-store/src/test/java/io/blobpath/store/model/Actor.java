package io.blobpath.store.model;

/** Who takes part. */
enum Actor {
    /** Brings every blob, publishes its manifest, and begins again. */
    PUBLISHER,
    /** Collects, and begins again. */
    COLLECTOR,
    /** Removes the first manifest from the index, and begins again. */
    UNPUBLISHER,
    /** Removes the first blob if nothing refers to it, however young it is, and begins again. */
    REMOVER
}
