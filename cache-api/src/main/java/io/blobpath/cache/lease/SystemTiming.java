package io.blobpath.cache.lease;

import io.blobpath.cache.spi.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/** The real clock, and threads of its own. */
final class SystemTiming implements Timing {
    private final DaemonThreads threads = new DaemonThreads("blobpath-lease");

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void await(Wakeup wakeup, Duration patience) throws InterruptedException {
        wakeup.await(patience.toNanos());
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        Runnable cancel = threads.schedule(task, delay);
        return cancel::run;
    }

    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            // Whoever closes sees to what is still held.
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
