package io.blobpath.store.task;

import io.blobpath.cache.lease.Leases;
import io.blobpath.store.StoreListener;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Runs the long work of a store as tasks of a queue: to dedupe, index, collect, verify, rebuild, migrate or import, and whatever
 * else tells a {@link StoreListener} how far it is. The task's progress is the number of items that are done, over all phases;
 * the other processes on the store see it, with its holder and age ({@link TaskAnnouncer#running}).
 *
 * <pre>{@code
 * tasks.submit("dedupe", resources, listener, told -> new Deduplicator(root, cache, told).dedupe(options));
 * }</pre>
 *
 * <p>What two runs must not do at once each kind of work keeps out by itself, also in other processes. Resources let the second
 * one wait in this process, instead of being told that the store is busy.
 *
 * <p>A task that is cancelled is interrupted, upon which all of these end and leave what their own documentation says.
 */
public final class StoreTasks {
    private final TaskQueue queue;
    private final TaskAnnouncer announcer;

    /**
     * Work on a store.
     *
     * @param <R> its report
     */
    @FunctionalInterface
    public interface Work<R> {
        /** Does it, and tells the listener. */
        R run(StoreListener listener) throws IOException;
    }

    /** Tasks of this queue, announced through these leases; both stay the caller's. */
    public StoreTasks(TaskQueue queue, Leases leases) {
        this.queue = queue;
        this.announcer = new TaskAnnouncer(leases);
    }

    /** Does the work on the queue's executor; the listener hears of it, too. */
    public <R> Task<R> submit(String name, ResourceSet resources, StoreListener listener, Work<R> work) {
        return queue.submit(name, resources, body(name, listener, work));
    }

    /**
     * Does the work in this thread; the listener hears of it, too. Otherwise like {@link TaskQueue#run}.
     *
     * @return what the work returned
     */
    public <R> R run(String name, ResourceSet resources, StoreListener listener, Work<R> work)
            throws IOException, InterruptedException, TimeoutException {
        return queue.run(name, resources, body(name, listener, work));
    }

    private <R> TaskBody<R, IOException> body(String name, StoreListener listener, Work<R> work) {
        return announcer.announced(name, task -> work.run(new ProgressTeller(listener, task)));
    }
}
