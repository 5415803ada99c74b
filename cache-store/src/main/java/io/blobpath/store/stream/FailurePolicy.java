package io.blobpath.store.stream;

/** What a reader does who joined a stream of another caller, and got no byte of it before it failed. */
public enum FailurePolicy {
    /** It gets the failure, as the others do. */
    SHARE,
    /** It opens the key once more, with its own producer; several such readers share one new attempt. */
    RETRY_ONCE
}
