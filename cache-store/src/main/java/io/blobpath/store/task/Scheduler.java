package io.blobpath.store.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes tasks from state to state. Each change, with what it does to the resources, is one step under one lock; bodies,
 * executors and whoever waits for a result are called outside of it.
 */
final class Scheduler {
    private final Object lock = new Object();
    private final TaskClock clock;
    private final Dispatcher dispatcher;
    private final TaskHistory history;
    private final LockTable locks = new LockTable();
    private final Map<Long, Task<?>> live = new LinkedHashMap<>();
    private long lastId;
    private boolean closed;

    Scheduler(Executor executor, int historyLimit, TaskClock clock) {
        this.clock = clock;
        this.history = new TaskHistory(historyLimit);
        this.dispatcher = new Dispatcher(executor, task -> execute(task), (task, reason) -> refused(task, reason));
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
                throwIfStopped(task);
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
        synchronized (lock) {
            if (task.state.isFinal()) {
                return false;
            }
            if (task.stop == Task.Stop.NONE) {
                task.stop = reason;
            }
            if (task.state == TaskState.RUNNING) {
                interrupt(task);
                return true;
            }
            String waitedFor =
                    waitsFor(task).map(other -> "; it waited for " + other).orElse("");
            leave(task, ready);
            settle(task, null, new InterruptedException(task + " was still queued" + waitedFor));
        }
        LockSupport.unpark(task.caller);
        dispatcher.dispatch(ready);
        complete(task, null);
        return true;
    }

    Runnable interrupter(Task<?> task) {
        LockRequest turn;
        synchronized (lock) {
            turn = task.request;
        }
        return () -> {
            synchronized (lock) {
                if (task.request == turn) {
                    interrupt(task);
                }
            }
        };
    }

    Optional<Duration> remaining(Task<?> task) {
        return task.deadline.map(end -> Duration.ofNanos(Math.max(0, end - clock.nanoTime())));
    }

    /** Waiting inside a body for another task can wait for itself, over any number of corners. */
    void refuseNested() {
        Task<?> outer = WorkingThread.body(this);
        if (outer != null) {
            throw new IllegalStateException("the body of " + outer
                    + " must not wait for tasks of its own queue; lock what it needs, or submit and return");
        }
    }

    TaskSnapshot snapshot(Task<?> task) {
        synchronized (lock) {
            return new TaskSnapshot(
                    task.id(),
                    task.name(),
                    task.resources,
                    task.state,
                    task.submitted,
                    Optional.ofNullable(task.started),
                    Optional.ofNullable(task.ended),
                    task.progress,
                    task.output.lines(),
                    waitsFor(task),
                    Optional.ofNullable(task.failure).map(Throwable::toString));
        }
    }

    List<TaskSnapshot> snapshots() {
        synchronized (lock) {
            List<Task<?>> all = new ArrayList<>(history.tasks());
            all.addAll(live.values());
            return all.stream()
                    .map(this::snapshot)
                    .sorted((one, other) -> Long.compare(one.id(), other.id()))
                    .toList();
        }
    }

    Optional<Task<?>> find(long id) {
        synchronized (lock) {
            Task<?> task = live.get(id);
            return task == null ? history.find(id) : Optional.of(task);
        }
    }

    boolean forget(long id) {
        synchronized (lock) {
            return history.forget(id);
        }
    }

    int clear() {
        synchronized (lock) {
            return history.clear();
        }
    }

    /** Refuses new tasks, and cancels those that there are if asked. */
    void shut(boolean cancel) {
        refuseNested();
        List<Task<?>> open;
        synchronized (lock) {
            closed = true;
            open = new ArrayList<>(live.values());
        }
        if (cancel) {
            open.forEach(task -> stop(task, Task.Stop.CANCELLED));
        }
    }

    void awaitIdle() throws InterruptedException {
        synchronized (lock) {
            while (!live.isEmpty()) {
                lock.wait();
            }
        }
    }

    /** For how many tasks and resources something is kept in memory, apart from the history. */
    int footprint() {
        synchronized (lock) {
            return live.size() + locks.size();
        }
    }

    private <R> Task<R> add(
            String name,
            ResourceSet resources,
            @Nullable TaskBody<Attempt<R>, ?> turn,
            TaskOptions options,
            @Nullable Thread caller) {
        Task<R> task;
        List<Task<?>> ready;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("cannot submit '" + name + "': the task queue is closed");
            }
            task = new Task<>(this, ++lastId, name, resources, turn, caller, clock.now());
            live.put(task.id(), task);
            options.deadline().ifPresent(limit -> setAlarm(task, limit));
            ready = enter(task) && caller == null ? List.of(task) : List.of();
        }
        dispatcher.dispatch(ready);
        return task;
    }

    private void setAlarm(Task<?> task, Duration limit) {
        task.deadline = Optional.of(clock.nanoTime() + limit.toNanos());
        task.alarm = clock.schedule(() -> stop(task, Task.Stop.OVERDUE), limit);
    }

    private <R> void execute(Task<R> task) {
        TaskBody<Attempt<R>, ?> turn = task.turn;
        if (!begin(task) || turn == null) {
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
        if (begin(task)) {
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
        if (begin(task) && task.stop != Task.Stop.NONE) {
            end(task, null, new InterruptedException(task + " was stopped before it began"));
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while " + task + " was queued");
        }
        throwIfStopped(task);
    }

    private boolean begin(Task<?> task) {
        synchronized (lock) {
            if (task.state != TaskState.RUNNING || task.runner != null) {
                return false;
            }
            task.runner = Thread.currentThread();
            task.started = clock.now();
            return true;
        }
    }

    private <R> void end(Task<R> task, @Nullable Attempt<R> outcome, @Nullable Throwable failure) {
        List<Task<?>> ready = new ArrayList<>(2);
        boolean again = false;
        synchronized (lock) {
            task.runner = null;
            if (task.interrupted) {
                // It was meant for the body. Whoever owns the thread must not find it.
                task.interrupted = false;
                Thread.interrupted();
            }
            leave(task, ready);
            if (outcome instanceof Attempt.Again<R> next && task.stop == Task.Stop.NONE) {
                again = true;
                task.resources = next.resources();
                task.state = TaskState.QUEUED;
                if (enter(task)) {
                    ready.add(task);
                }
            } else {
                settle(task, outcome, failure);
            }
        }
        dispatcher.dispatch(ready);
        if (!again) {
            complete(task, outcome);
        }
    }

    /** Asks for the resources; whether the task has them all and may run. */
    private boolean enter(Task<?> task) {
        task.request = locks.enter(task, task.resources);
        if (task.request.isGranted()) {
            task.state = TaskState.RUNNING;
            return true;
        }
        return false;
    }

    private void leave(Task<?> task, List<Task<?>> ready) {
        LockRequest request = task.request;
        task.request = null;
        if (request != null) {
            locks.leave(request, complete -> {
                complete.owner.state = TaskState.RUNNING;
                ready.add(complete.owner);
            });
        }
    }

    private <R> void settle(Task<R> task, @Nullable Attempt<R> outcome, @Nullable Throwable failure) {
        if (outcome instanceof Attempt.Done<R>) {
            task.state = TaskState.SUCCEEDED;
        } else if (task.stop == Task.Stop.OVERDUE) {
            task.failure = new TimeoutException(task + " was not done by its deadline");
            task.failure.initCause(failure);
            task.state = TaskState.FAILED;
        } else {
            task.failure = failure;
            task.state = task.stop == Task.Stop.CANCELLED || failure instanceof InterruptedException
                    ? TaskState.CANCELLED
                    : TaskState.FAILED;
        }
        task.ended = clock.now();
        task.turn = null;
        task.alarm.cancel();
        live.remove(task.id());
        if (task.caller == null) {
            history.add(task);
        }
        if (live.isEmpty()) {
            lock.notifyAll();
        }
    }

    /** Tells those who wait for the task that it has ended. */
    private static <R> void complete(Task<R> task, @Nullable Attempt<R> outcome) {
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

    private static void throwIfStopped(Task<?> task) throws TimeoutException {
        if (task.stop == Task.Stop.CANCELLED) {
            throw cancelled(task);
        }
        if (task.stop == Task.Stop.OVERDUE) {
            TimeoutException overdue = new TimeoutException(task + " was not done by its deadline");
            overdue.initCause(task.failure);
            throw overdue;
        }
    }

    private static void interrupt(Task<?> task) {
        if (task.runner != null) {
            task.interrupted = true;
            task.runner.interrupt();
        }
    }

    private static Optional<String> waitsFor(Task<?> task) {
        LockRequest request = task.request;
        return Optional.ofNullable(request == null ? null : request.waitsFor()).map(Task::toString);
    }
}
