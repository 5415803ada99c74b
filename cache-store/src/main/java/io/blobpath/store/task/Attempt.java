package io.blobpath.store.task;

/** What a task's turn came to. A task may take several. */
sealed interface Attempt<R> {
    /** It has its result. */
    record Done<R>(R result) implements Attempt<R> {}

    /** It wants another turn, with these resources. */
    record Again<R>(ResourceSet resources) implements Attempt<R> {}
}
