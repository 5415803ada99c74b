package io.blobpath.store.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that was given to a {@link TaskQueue}, as whoever gave it sees it.
 *
 * @param <R> the result
 */
public final class Task<R> {
    /** Why the body should end. */
    enum Stop {
        NONE,
        CANCELLED,
        OVERDUE,
        IMPATIENT
    }

    private final Scheduler scheduler;
    private final long id;
    private final String name;

    /** Whose thread runs the body; null if that of the executor. */
    final @Nullable Thread caller;

    final Optional<Duration> patience;

    final Instant submitted;
    final TaskOutput output = new TaskOutput();
    final CompletableFuture<R> done = new CompletableFuture<>();
    volatile long progress;

    // All below is guarded by the lock of the task states; what is volatile may be read without.
    volatile TaskState state = TaskState.QUEUED;
    volatile Stop stop = Stop.NONE;

    @Nullable
    TaskBody<Attempt<R>, ?> turn;

    ResourceSet resources;

    @Nullable
    LockRequest request;

    @Nullable
    Thread runner;

    boolean interrupted;
    TaskClock.Alarm alarm = TaskClock.Alarm.NONE;

    /** For the wait that it is in; and when that began. */
    TaskClock.Alarm waiting = TaskClock.Alarm.NONE;

    volatile long waitsSince;
    volatile Optional<Long> deadline = Optional.empty();

    @Nullable
    Instant started;

    @Nullable
    Instant ended;

    @Nullable
    Throwable failure;

    Task(
            Scheduler scheduler,
            long id,
            String name,
            ResourceSet resources,
            @Nullable TaskBody<Attempt<R>, ?> turn,
            @Nullable Thread caller,
            Optional<Duration> patience,
            Instant submitted) {
        this.scheduler = scheduler;
        this.id = id;
        this.name = name;
        this.resources = resources;
        this.turn = turn;
        this.caller = caller;
        this.patience = patience;
        this.submitted = submitted;
    }

    /** Its number; later tasks of a queue have larger ones. */
    public long id() {
        return id;
    }

    /** What it does, for people. */
    public String name() {
        return name;
    }

    /** How it stands now. */
    public TaskSnapshot snapshot() {
        return scheduler.states().snapshot(this);
    }

    /**
     * Cancels it. If it is queued it ends at once and its body never runs. If it runs, its thread is interrupted; it keeps its
     * resources until the body has returned, and if the body succeeds all the same, so does the task.
     *
     * @return whether it had not ended
     */
    public boolean cancel() {
        return scheduler.stop(this, Stop.CANCELLED);
    }

    /**
     * Waits until it has ended and its resources are free.
     *
     * @throws ExecutionException if it failed; the cause is what the body threw
     * @throws java.util.concurrent.CancellationException if it was cancelled
     * @throws InterruptedException if this thread was interrupted before or while it waited; the task goes on
     * @throws IllegalStateException if called by the body of a task of the same queue
     */
    public R await() throws InterruptedException, ExecutionException {
        scheduler.refuseNested();
        refuseInterrupted();
        return done.get();
    }

    /**
     * Waits, but not longer than this, and otherwise like {@link #await()}.
     *
     * @throws TimeoutException if it has not ended by then; it goes on
     */
    public R await(Duration patience) throws InterruptedException, ExecutionException, TimeoutException {
        scheduler.refuseNested();
        refuseInterrupted();
        try {
            return done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            TimeoutException named = new TimeoutException(this + " did not end within " + patience);
            named.initCause(e);
            throw named;
        }
    }

    /** Completes when it has ended and its resources are free, with the result or what {@link #await()} throws. */
    public CompletionStage<R> done() {
        return done.minimalCompletionStage();
    }

    /** Ends this wait for what it locks, and no later one. */
    void giveUp(LockRequest wait) {
        scheduler.giveUp(this, wait);
    }

    /** A future that is complete answers also whoever is interrupted. */
    private void refuseInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before waiting for " + this);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return "task " + id + " '" + name + "'";
    }
}
