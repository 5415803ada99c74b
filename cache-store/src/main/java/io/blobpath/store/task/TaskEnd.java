package io.blobpath.store.task;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a task's end looks to those who wait for it. */
final class TaskEnd {
    private TaskEnd() {}

    /** Tells those who wait for the task that it has ended. */
    static <R> void tell(Task<R> task, @Nullable Attempt<R> outcome) {
        Throwable failure = task.failure;
        if (outcome instanceof Attempt.Done<R> done) {
            task.done.complete(done.result());
        } else if (task.state == TaskState.CANCELLED) {
            task.done.completeExceptionally(cancelled(task));
        } else if (failure != null) {
            task.done.completeExceptionally(failure);
        }
    }

    private static CancellationException cancelled(Task<?> task) {
        CancellationException cancelled = new CancellationException(task + " was cancelled");
        cancelled.initCause(task.failure);
        return cancelled;
    }

    /** Throws what a caller gets whose task was stopped. */
    static void throwIfStopped(Task<?> task) throws TimeoutException {
        if (task.stop == Task.Stop.CANCELLED) {
            throw cancelled(task);
        }
        if (task.stop == Task.Stop.OVERDUE) {
            TimeoutException overdue = new TimeoutException(task + " was not done by its deadline");
            overdue.initCause(task.failure);
            throw overdue;
        }
        if (task.stop == Task.Stop.IMPATIENT && task.failure != null) {
            TimeoutException late = new TimeoutException(task.failure.getMessage());
            late.initCause(task.failure);
            throw late;
        }
    }
}
