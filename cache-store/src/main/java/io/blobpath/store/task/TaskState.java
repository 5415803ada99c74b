package io.blobpath.store.task;

/** Where a task is. The last three are final. */
public enum TaskState {
    /** It waits for its resources; an update is here again between two attempts. */
    QUEUED,
    /** It has its resources, and its body runs or is about to. */
    RUNNING,
    /** Its body returned. */
    SUCCEEDED,
    /** Its body threw, its deadline came, or the executor took no more work. */
    FAILED,
    /** It was cancelled or interrupted before its body returned. */
    CANCELLED;

    /** Whether it has ended. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
