package io.blobpath.store.task;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What a body knows of its task, and tells it. For any of the body's threads, until it returns. */
public final class TaskContext {
    private final Scheduler scheduler;
    private final Task<?> task;
    private final @Nullable TaskContext outer;
    private final LongConsumer listener;

    TaskContext(Scheduler scheduler, Task<?> task) {
        this(scheduler, task, null, units -> {});
    }

    private TaskContext(Scheduler scheduler, Task<?> task, @Nullable TaskContext outer, LongConsumer listener) {
        this.scheduler = scheduler;
        this.task = task;
        this.outer = outer;
        this.listener = listener;
    }

    /** The task's number. */
    public long id() {
        return task.id();
    }

    /** Tells how far the work is, in units of its own. */
    public void progress(long units) {
        listener.accept(units);
        if (outer == null) {
            task.progress = units;
        } else {
            outer.progress(units);
        }
    }

    /** Adds a line to the task's output. */
    public void print(String line) {
        task.output.print(line);
    }

    /** Whether the body should end: the task was cancelled, or its deadline has come. */
    public boolean isStopped() {
        return task.stop != Task.Stop.NONE;
    }

    /**
     * Ends a body that should end; for work that is not ended by an interrupt.
     *
     * @throws CancellationException if {@link #isStopped}
     */
    public void check() {
        if (isStopped()) {
            throw new CancellationException(task + " was stopped");
        }
    }

    /** How long it is until the deadline, zero if it has come; empty if there is none. */
    public Optional<Duration> remaining() {
        return scheduler.remaining(task);
    }

    /** How long this turn may still wait for what it locks elsewhere: no longer than this. */
    Duration patience(Duration longest) {
        return scheduler.patience(task, longest);
    }

    /** The same, which tells the progress to somebody else as well. */
    TaskContext telling(LongConsumer also) {
        return new TaskContext(scheduler, task, this, also);
    }

    /** Interrupts this turn of the body, for a reason that the body's wrapper knows; does nothing if the turn is over. */
    Runnable interrupter() {
        return scheduler.states().interrupter(task);
    }
}
