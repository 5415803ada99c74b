package io.blobpath.store.task;

import org.jspecify.annotations.Nullable;

/** Which bodies a thread is in. There are several if a body waits for a task of another queue that runs in its thread. */
final class WorkingThread {
    private static final ThreadLocal<@Nullable Inside> BODIES = new ThreadLocal<>();

    private WorkingThread() {}

    private record Inside(
            Scheduler scheduler, Task<?> task, @Nullable Inside outer) {}

    static void enter(Scheduler scheduler, Task<?> task) {
        BODIES.set(new Inside(scheduler, task, BODIES.get()));
    }

    static void leave() {
        Inside inside = BODIES.get();
        BODIES.set(inside == null ? null : inside.outer());
    }

    /** The body of this scheduler that the thread is in; null if it is in none. */
    static @Nullable Task<?> body(Scheduler scheduler) {
        for (Inside inside = BODIES.get(); inside != null; inside = inside.outer()) {
            if (inside.scheduler() == scheduler) {
                return inside.task();
            }
        }
        return null;
    }
}
