package io.blobpath.store.task;

import java.util.concurrent.TimeoutException;

/**
 * What a task does while it has its resources.
 *
 * @param <R> the result, never null
 * @param <X> what it throws besides; whoever calls {@link TaskQueue#run} gets it as it is
 */
@FunctionalInterface
public interface TaskBody<R, X extends Exception> {
    /** Works. When the task is cancelled or overdue the thread is interrupted. */
    R run(TaskContext context) throws X, InterruptedException, TimeoutException;
}
