package io.blobpath.store.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a queue and how they stand. Each change, with what it does to the resources, is one step under one lock. It tells
 * which tasks have their resources now; nothing is run here.
 */
final class TaskStates {
    private final Object lock = new Object();
    private final TaskClock clock;
    private final TaskRegister register;
    private final LockTable locks = new LockTable();
    private long lastId;
    private boolean closed;

    /** What a task made of being asked to end. */
    enum Stopped {
        /** It had ended before. */
        TOO_LATE,
        /** It runs, and was interrupted. */
        ASKED,
        /** It was queued, and has ended. */
        ENDED
    }

    TaskStates(int history, TaskClock clock) {
        this.clock = clock;
        this.register = new TaskRegister(history);
    }

    /** Takes the task that is made with the next number. */
    <R> Task<R> add(String name, LongFunction<Task<R>> make, List<Task<?>> ready) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("cannot submit '" + name + "': the task queue is closed");
            }
            Task<R> task = make.apply(++lastId);
            register.add(task);
            if (enter(task) && task.caller == null) {
                ready.add(task);
            }
            return task;
        }
    }

    /** Its body runs in this thread from now on; false if it has ended, or already runs. */
    boolean begin(Task<?> task) {
        synchronized (lock) {
            if (task.state != TaskState.RUNNING || task.runner != null) {
                return false;
            }
            task.waiting.cancel();
            task.runner = Thread.currentThread();
            task.started = clock.now();
            return true;
        }
    }

    /** A turn of its body is over; false if the task is queued again, for another turn. */
    <R> boolean end(Task<R> task, @Nullable Attempt<R> outcome, @Nullable Throwable failure, List<Task<?>> ready) {
        synchronized (lock) {
            task.runner = null;
            if (task.interrupted) {
                // It was meant for the body. Whoever owns the thread must not find it.
                task.interrupted = false;
                Thread.interrupted();
            }
            leave(task, ready);
            if (outcome instanceof Attempt.Again<R> next && task.stop == Task.Stop.NONE) {
                task.resources = next.resources();
                task.state = TaskState.QUEUED;
                if (enter(task)) {
                    ready.add(task);
                }
                return false;
            }
            settle(task, outcome, failure);
            return true;
        }
    }

    Stopped stop(Task<?> task, Task.Stop reason, List<Task<?>> ready) {
        synchronized (lock) {
            if (task.state.isFinal()) {
                return Stopped.TOO_LATE;
            }
            if (task.stop == Task.Stop.NONE) {
                task.stop = reason;
            }
            if (task.state == TaskState.RUNNING) {
                interrupt(task);
                return Stopped.ASKED;
            }
            String waitedFor = waitedFor(task);
            leave(task, ready);
            settle(task, null, new InterruptedException(task + " was still queued" + waitedFor));
            return Stopped.ENDED;
        }
    }

    /** Ends the task if it is still in this wait; whether it was. */
    boolean giveUp(Task<?> task, LockRequest wait, List<Task<?>> ready) {
        synchronized (lock) {
            if (task.state != TaskState.QUEUED || task.request != wait) {
                return false;
            }
            task.stop = Task.Stop.IMPATIENT;
            String why = task + " did not get " + task.resources + " within " + task.patience.orElse(Duration.ZERO)
                    + waitedFor(task);
            leave(task, ready);
            settle(task, null, new TimeoutException(why));
            return true;
        }
    }

    /** Interrupts this turn of the task, and no later one. */
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
            return register.all().map(this::snapshot).toList();
        }
    }

    Optional<Task<?>> find(long id) {
        synchronized (lock) {
            return register.find(id);
        }
    }

    boolean forget(long id) {
        synchronized (lock) {
            return register.forget(id);
        }
    }

    int clear() {
        synchronized (lock) {
            return register.clear();
        }
    }

    /** Refuses new tasks, and tells which have not ended. */
    List<Task<?>> shut() {
        synchronized (lock) {
            closed = true;
            return register.open();
        }
    }

    void awaitIdle() throws InterruptedException {
        synchronized (lock) {
            while (register.openSize() > 0) {
                lock.wait();
            }
        }
    }

    /** For how many tasks and resources something is kept in memory, apart from the history. */
    int footprint() {
        synchronized (lock) {
            return register.openSize() + locks.size();
        }
    }

    /** Asks for the resources; whether the task has them all and may run. */
    private boolean enter(Task<?> task) {
        LockRequest request = locks.enter(task, task.resources);
        task.request = request;
        task.patience.ifPresent(limit -> {
            task.waitsSince = clock.nanoTime();
            if (!request.isGranted()) {
                task.waiting = clock.schedule(() -> task.giveUp(request), limit);
            }
        });
        if (request.isGranted()) {
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
        task.waiting.cancel();
        register.end(task);
        if (register.openSize() == 0) {
            lock.notifyAll();
        }
    }

    private static void interrupt(Task<?> task) {
        if (task.runner != null) {
            task.interrupted = true;
            task.runner.interrupt();
        }
    }

    private static String waitedFor(Task<?> task) {
        return waitsFor(task).map(other -> "; it waited for " + other).orElse("");
    }

    private static Optional<String> waitsFor(Task<?> task) {
        LockRequest request = task.request;
        return Optional.ofNullable(request == null ? null : request.waitsFor()).map(Task::toString);
    }
}
