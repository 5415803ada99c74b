package io.blobpath.store.task;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands tasks that have their resources to the threads that run them.
 *
 * <p>An executor may run a task in the thread that hands it over. The end of that task can set others free, which would run
 * inside it, and so on until the stack is full; so they wait for the thread's outermost call here.
 */
final class Dispatcher {
    private static final ThreadLocal<@Nullable Call> CALLS = new ThreadLocal<>();

    private final Executor executor;
    private final Consumer<Task<?>> run;
    private final BiConsumer<Task<?>, Throwable> refused;

    Dispatcher(Executor executor, Consumer<Task<?>> run, BiConsumer<Task<?>, Throwable> refused) {
        this.executor = executor;
        this.run = run;
        this.refused = refused;
    }

    /** A call of {@link #dispatch} that this thread is in, and the one around it, which belongs to another queue. */
    private record Call(
            Dispatcher dispatcher,
            ArrayDeque<Task<?>> tasks,
            @Nullable Call outer) {}

    void dispatch(List<Task<?>> ready) {
        boolean hands = false;
        for (Task<?> task : ready) {
            if (task.caller == null) {
                hands = true;
            } else {
                LockSupport.unpark(task.caller);
            }
        }
        if (hands) {
            handOver(ready);
        }
    }

    private void handOver(List<Task<?>> ready) {
        Call outer = CALLS.get();
        for (Call call = outer; call != null; call = call.outer()) {
            if (call.dispatcher() == this) {
                call.tasks().addAll(ready);
                return;
            }
        }
        Call call = new Call(this, new ArrayDeque<>(ready), outer);
        CALLS.set(call);
        try {
            for (Task<?> task = call.tasks().poll();
                    task != null;
                    task = call.tasks().poll()) {
                handOver(task);
            }
        } finally {
            CALLS.set(outer);
        }
    }

    private void handOver(Task<?> task) {
        if (task.caller != null) {
            return;
        }
        try {
            executor.execute(() -> run.accept(task));
        } catch (Throwable e) {
            refused.accept(task, e);
        }
    }
}
