package io.blobpath.store.task;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/**
 * Runs tasks of this process on locked resources, those whose resources are disjoint at the same time.
 *
 * <p>Guaranteed: tasks that conflict run one after the other, in the order in which they were submitted, so that none is ever
 * overtaken by one that conflicts with it; every task whose resources are free starts when they become free, however many
 * those are; a body runs at most once; what a body throws, an {@link Error} too, fails its task and nothing else.
 *
 * <p>Not guaranteed: an order among tasks that do not conflict; that a body ends when it is asked to; and anything about other
 * processes, for which there are {@link Updates}.
 *
 * <p>A task that ended leaves its place in a bounded history. Safe for any number of threads.
 */
public final class TaskQueue implements AutoCloseable {
    private static final int HISTORY = 1000;

    private final Scheduler scheduler;

    /**
     * A queue that remembers the last thousand tasks.
     *
     * @param executor runs the bodies of submitted tasks; stays the caller's. Each running task keeps one of its threads busy,
     *     so if it has few, tasks wait for threads as well
     */
    public TaskQueue(Executor executor) {
        this(executor, HISTORY);
    }

    /** A queue that remembers so many tasks. */
    public TaskQueue(Executor executor, int history) {
        this(executor, history, TaskClock.SYSTEM);
    }

    TaskQueue(Executor executor, int history, TaskClock clock) {
        scheduler = new Scheduler(executor, history, clock);
    }

    /**
     * Runs the body on the executor as soon as the task has its resources.
     *
     * @throws IllegalStateException if the queue is closed
     */
    public <R> Task<R> submit(String name, ResourceSet resources, TaskBody<R, ?> body) {
        return submit(name, resources, body, TaskOptions.DEFAULT);
    }

    /** The same with options. */
    public <R> Task<R> submit(String name, ResourceSet resources, TaskBody<R, ?> body, TaskOptions options) {
        return scheduler.submit(name, resources, turn(body), options);
    }

    /**
     * Waits in the queue like any other task, runs the body in this thread, and leaves nothing in the history.
     *
     * @return what the body returned
     * @throws X what the body threw, as it is
     * @throws InterruptedException if this thread was interrupted before the body began, or the body was and said so
     * @throws java.util.concurrent.CancellationException if the task was cancelled, by the queue's end for example
     * @throws IllegalStateException if the queue is closed, or if a body of this queue calls: it could wait for itself
     */
    public <R, X extends Exception> R run(String name, ResourceSet resources, TaskBody<R, X> body)
            throws X, InterruptedException, TimeoutException {
        return run(name, resources, body, TaskOptions.DEFAULT);
    }

    /**
     * The same with options.
     *
     * @throws TimeoutException if the body had not returned by the deadline
     */
    public <R, X extends Exception> R run(String name, ResourceSet resources, TaskBody<R, X> body, TaskOptions options)
            throws X, InterruptedException, TimeoutException {
        return scheduler.run(name, resources, turn(body), options);
    }

    /** The tasks that wait or run, and those of the history, in the order of their numbers. */
    public List<TaskSnapshot> tasks() {
        return scheduler.states().snapshots();
    }

    /** The task with this number, if it waits, runs or is in the history. */
    public Optional<Task<?>> find(long id) {
        return scheduler.states().find(id);
    }

    /** Removes a task from the history; whether it was there. One that has not ended is not. */
    public boolean forget(long id) {
        return scheduler.states().forget(id);
    }

    /** Empties the history and tells how many tasks that were. Those that have not ended stay. */
    public int clear() {
        return scheduler.states().clear();
    }

    /**
     * Takes no more tasks and waits until all have ended by themselves.
     *
     * @throws InterruptedException if this thread was interrupted; the queue takes no more tasks, and those that it has go on
     * @throws IllegalStateException if a body of this queue calls
     */
    public void closeWhenDone() throws InterruptedException {
        scheduler.shut(false);
        scheduler.states().awaitIdle();
    }

    /**
     * Takes no more tasks, cancels all, and waits for the bodies that run. An interrupt does not end the wait; the flag is set
     * again afterwards. Closing again does nothing.
     *
     * @throws IllegalStateException if a body of this queue calls
     */
    @Override
    public void close() {
        scheduler.shut(true);
        boolean interrupted = false;
        while (true) {
            try {
                scheduler.states().awaitIdle();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }

    private static <R, X extends Exception> TaskBody<Attempt<R>, X> turn(TaskBody<R, X> body) {
        return context ->
                new Attempt.Done<>(Objects.requireNonNull(body.run(context), "the body returned null, not a result"));
    }
}
