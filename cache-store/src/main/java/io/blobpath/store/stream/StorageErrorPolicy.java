package io.blobpath.store.stream;

/** What becomes of a stream whose file cannot be written or opened. */
public enum StorageErrorPolicy {
    /**
     * It goes on without the cache. Its present readers get the rest through a small ring in memory, at the speed of the slowest
     * of them; later callers have their own made.
     */
    BYPASS,
    /** It fails with {@link StreamStorageException}. */
    FAIL
}
