package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.task.ResourceSet;
import io.blobpath.store.task.TaskAnnouncer;
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

    /** What is done, and told to the listener. */
    interface Work<R> {
        R run(StoreListener listener) throws IOException;
    }

    /** Does it. */
    <R> R run(String name, BlobPathCache cache, Work<R> work)
            throws InterruptedException, IOException, TimeoutException {
        try (ProgressListener shown = new ProgressListener(terminal, System::nanoTime);
                TaskQueue queue = new TaskQueue(Runnable::run)) {
            StoreListener listener = progress ? shown : StoreListener.NONE;
            // It is this process's only task. What must not run beside it in others, the work itself keeps out.
            return queue.run(
                    name,
                    ResourceSet.none(),
                    new TaskAnnouncer(cache.leases())
                            .announced(name, task -> work.run(new TaskProgress(listener, task))));
        }
    }
}
