package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.task.ResourceSet;
import io.blobpath.store.task.StoreTasks;
import io.blobpath.store.task.TaskQueue;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** The work of a command, with progress, as a task that the other processes on the cache see. */
final class TaskRun {
    private final Terminal terminal;
    private final boolean progress;

    TaskRun(Terminal terminal, OutputOptions output) {
        this.terminal = terminal;
        this.progress = output.progress();
    }

    /** Does it. */
    <R> R run(String name, BlobPathCache cache, StoreTasks.Work<R> work)
            throws InterruptedException, IOException, TimeoutException {
        try (ProgressListener shown = new ProgressListener(terminal, System::nanoTime);
                TaskQueue queue = new TaskQueue(Runnable::run)) {
            StoreListener listener = progress ? shown : StoreListener.NONE;
            // It is this process's only task. What must not run beside it in others, the work itself keeps out.
            return new StoreTasks(queue, cache.leases()).run(name, ResourceSet.none(), listener, work);
        }
    }
}
