package io.blobpath.store.task;

import io.blobpath.store.Problem;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the task how many items are done, over all phases, and passes everything on. */
final class ProgressTeller implements StoreListener {
    private final StoreListener next;
    private final TaskContext task;
    private final AtomicLong done = new AtomicLong();

    ProgressTeller(StoreListener next, TaskContext task) {
        this.next = next;
        this.task = task;
    }

    @Override
    public void started(StorePhase phase, OptionalLong expected) {
        next.started(phase, expected);
    }

    @Override
    public void advanced(StorePhase phase, long items, long bytes) {
        task.progress(done.addAndGet(items));
        next.advanced(phase, items, bytes);
    }

    @Override
    public void finished(StorePhase phase) {
        next.finished(phase);
    }

    @Override
    public void problem(Problem problem) {
        next.problem(problem);
    }
}
