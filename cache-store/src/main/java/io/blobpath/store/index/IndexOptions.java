package io.blobpath.store.index;

/**
 * How to index.
 *
 * @param verify whether to read every blob and compare it with its digest
 * @param threads how many threads work, the caller's among them
 */
public record IndexOptions(boolean verify, int threads) {
    /** Refuses less than one thread. */
    public IndexOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads was " + threads + " but it must be positive");
        }
    }

    /** Names, types and sizes only, on all processors; with one thread more than these, because some wait for the cache. */
    public static IndexOptions defaults() {
        return new IndexOptions(false, Runtime.getRuntime().availableProcessors() + 1);
    }

    /** The same, with or without reading every blob. */
    public IndexOptions withVerify(boolean on) {
        return new IndexOptions(on, threads);
    }

    /** The same with this many threads. */
    public IndexOptions withThreads(int count) {
        return new IndexOptions(verify, count);
    }
}
