package io.blobpath.store.walk;

import io.blobpath.store.StoreInterruptedException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for the jobs of one run. When all are busy and a few jobs wait, the caller works too: memory stays bounded and
 * nobody idles. The first failure ends the run: no further job begins, and the caller is told.
 */
public final class Workers implements AutoCloseable {
    private static final int WAITING = 4;

    private final boolean alone;
    private final ThreadPoolExecutor pool;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Threads of this name; the caller is one of them, so that one means no other. */
    public Workers(String name, int threads) {
        alone = threads == 1;
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                Math.max(1, threads - 1),
                Math.max(1, threads - 1),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                job -> {
                    Thread thread = new Thread(job, "blobpath-" + name + '-' + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Does the job, now or soon, here or in another thread. */
    public void run(Runnable job) {
        rethrow();
        if (alone) {
            job.run();
        } else {
            pool.execute(() -> guarded(job));
        }
    }

    /** Waits until all jobs are done. No job may follow. */
    public void finish() {
        pool.shutdown();
        try {
            pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(e);
        }
        rethrow();
    }

    /** Drops the jobs that have not begun and waits for the others, which end at their next step. */
    @Override
    public void close() {
        pool.shutdownNow();
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded(Runnable job) {
        if (failure.get() != null) {
            return;
        }
        try {
            job.run();
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private void rethrow() {
        Throwable first = failure.get();
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
    }
}
