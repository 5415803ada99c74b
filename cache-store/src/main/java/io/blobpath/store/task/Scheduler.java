package io.blobpath.store.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes tasks, and runs their bodies when they have their resources, on the executor or in the thread of their caller. What a
 * step of {@link TaskStates} leaves to be done is done here, outside of its lock.
 */
final class Scheduler {
    private final TaskClock clock;
    private final TaskStates states;
    private final Dispatcher dispatcher;

    Scheduler(Executor executor, int history, TaskClock clock) {
        this.clock = clock;
        this.states = new TaskStates(history, clock);
        this.dispatcher = new Dispatcher(executor, task -> execute(task), (task, reason) -> refused(task, reason));
    }

    /** How its tasks stand. */
    TaskStates states() {
        return states;
    }

    /** Takes a task whose turns run on the executor. */
    <R> Task<R> submit(String name, ResourceSet resources, TaskBody<Attempt<R>, ?> turn, TaskOptions options) {
        return add(name, resources, turn, options, null);
    }

    /** Takes a task whose turns run here, and waits for its end. */
    <R, X extends Exception> R run(
            String name, ResourceSet resources, TaskBody<Attempt<R>, X> turn, TaskOptions options)
            throws X, InterruptedException, TimeoutException {
        refuseNested();
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the task '" + name + "' was submitted");
        }
        Task<R> task = add(name, resources, null, options, Thread.currentThread());
        while (true) {
            awaitTurn(task);
            Attempt<R> outcome;
            WorkingThread.enter(this, task);
            try {
                outcome = turn.run(new TaskContext(this, task));
            } catch (Throwable e) {
                end(task, null, e);
                TaskEnd.throwIfStopped(task);
                throw e;
            } finally {
                WorkingThread.leave();
            }
            end(task, outcome, null);
            if (outcome instanceof Attempt.Done<R> done) {
                return done.result();
            }
        }
    }

    /** Asks a task to end; at once if it is queued. Whether it had not ended. */
    boolean stop(Task<?> task, Task.Stop reason) {
        List<Task<?>> ready = new ArrayList<>();
        TaskStates.Stopped stopped = states.stop(task, reason, ready);
        if (stopped == TaskStates.Stopped.ENDED) {
            ended(task, ready);
        }
        return stopped != TaskStates.Stopped.TOO_LATE;
    }

    /** Ends a task that has waited for too long for what it locks, if it still does. */
    void giveUp(Task<?> task, LockRequest wait) {
        List<Task<?>> ready = new ArrayList<>();
        if (states.giveUp(task, wait, ready)) {
            ended(task, ready);
        }
    }

    Optional<Duration> remaining(Task<?> task) {
        return task.deadline.map(end -> Duration.ofNanos(Math.max(0, end - clock.nanoTime())));
    }

    /** What is left of the deadline, of the patience of this turn, and of this. */
    Duration patience(Task<?> task, Duration longest) {
        Optional<Duration> turn = task.patience.map(limit -> limit.minusNanos(clock.nanoTime() - task.waitsSince));
        return Stream.of(Optional.of(longest), remaining(task), turn)
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .filter(left -> !left.isNegative())
                .orElse(Duration.ZERO);
    }

    /** Waiting inside a body for another task can wait for itself, over any number of corners. */
    void refuseNested() {
        Task<?> outer = WorkingThread.body(this);
        if (outer != null) {
            throw new IllegalStateException("the body of " + outer
                    + " must not wait for tasks of its own queue; lock what it needs, or submit and return");
        }
    }

    /** Refuses new tasks, and cancels those that there are if asked. */
    void shut(boolean cancel) {
        refuseNested();
        List<Task<?>> open = states.shut();
        if (cancel) {
            open.forEach(task -> stop(task, Task.Stop.CANCELLED));
        }
    }

    /** For how many tasks and resources something is kept in memory, apart from the history. */
    int footprint() {
        return states.footprint();
    }

    private <R> Task<R> add(
            String name,
            ResourceSet resources,
            @Nullable TaskBody<Attempt<R>, ?> turn,
            TaskOptions options,
            @Nullable Thread caller) {
        List<Task<?>> ready = new ArrayList<>(1);
        LongFunction<Task<R>> make = id -> {
            Task<R> made = new Task<>(this, id, name, resources, turn, caller, options.patience(), clock.now());
            options.deadline().ifPresent(limit -> setAlarm(made, limit));
            return made;
        };
        Task<R> task = states.add(name, make, ready);
        dispatcher.dispatch(ready);
        return task;
    }

    private void setAlarm(Task<?> task, Duration limit) {
        task.deadline = Optional.of(clock.nanoTime() + limit.toNanos());
        task.alarm = clock.schedule(() -> stop(task, Task.Stop.OVERDUE), limit);
    }

    /** A task has ended in the queue. */
    private void ended(Task<?> task, List<Task<?>> ready) {
        LockSupport.unpark(task.caller);
        dispatcher.dispatch(ready);
        TaskEnd.tell(task, null);
    }

    private <R> void execute(Task<R> task) {
        TaskBody<Attempt<R>, ?> turn = task.turn;
        if (!states.begin(task) || turn == null) {
            return;
        }
        if (task.stop != Task.Stop.NONE) {
            end(task, null, new InterruptedException(task + " was stopped before it began"));
            return;
        }
        Attempt<R> outcome = null;
        Throwable failure = null;
        WorkingThread.enter(this, task);
        try {
            outcome = turn.run(new TaskContext(this, task));
        } catch (Throwable e) {
            failure = e;
        } finally {
            WorkingThread.leave();
        }
        end(task, outcome, failure);
    }

    private <R> void refused(Task<R> task, Throwable reason) {
        if (states.begin(task)) {
            end(task, null, reason);
        }
    }

    /** Waits until the task has its resources, and begins its turn. */
    private void awaitTurn(Task<?> task) throws InterruptedException, TimeoutException {
        boolean interrupted = false;
        while (task.state == TaskState.QUEUED && !interrupted) {
            LockSupport.park(this);
            interrupted = Thread.interrupted();
        }
        if (interrupted) {
            stop(task, Task.Stop.CANCELLED);
        }
        if (states.begin(task) && task.stop != Task.Stop.NONE) {
            end(task, null, new InterruptedException(task + " was stopped before it began"));
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while " + task + " was queued");
        }
        TaskEnd.throwIfStopped(task);
    }

    private <R> void end(Task<R> task, @Nullable Attempt<R> outcome, @Nullable Throwable failure) {
        List<Task<?>> ready = new ArrayList<>(2);
        boolean ended = states.end(task, outcome, failure, ready);
        dispatcher.dispatch(ready);
        if (ended) {
            TaskEnd.tell(task, outcome);
        }
    }
}
