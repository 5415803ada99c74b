package io.blobpath.cache.spi;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer and workers for what is done in the background. They share nothing with the application: its common pool may be full
 * of threads that wait for exactly this.
 *
 * <p>All are daemons that begin when they are needed and go away after five idle seconds. Safe for any number of threads.
 */
public final class DaemonThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor workers;

    /** None has begun yet; their names begin with this one. */
    public DaemonThreads(String name) {
        timer = new ScheduledThreadPoolExecutor(1, named(name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        workers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                named(name + "-worker"));
    }

    /**
     * Runs a short task later, on the one timer thread: one that blocks delays all others. After {@link #close} it never runs.
     *
     * @return takes the task back, if it has not begun
     */
    public Runnable schedule(Runnable task, Duration delay) {
        try {
            Future<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /**
     * Runs a task that may block at once, on a thread that nobody else waits for.
     *
     * @throws RejectedExecutionException if these threads are closed
     */
    public void execute(Runnable task) {
        workers.execute(task);
    }

    /** Begins nothing more; what runs already goes on and is not waited for. */
    @Override
    public void close() {
        timer.shutdown();
        workers.shutdown();
    }

    private static ThreadFactory named(String name) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setName(name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
