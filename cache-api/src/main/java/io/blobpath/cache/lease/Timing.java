package io.blobpath.cache.lease;

import java.time.Duration;

/** Time, and the threads that act when it has passed. Tests move it by hand. */
interface Timing extends AutoCloseable {
    /** The monotonic clock; wall-clock jumps do not touch it. */
    long nanoTime();

    /** Lets the calling thread wait until the wakeup rings, but not longer than this; works after {@link #close} as well. */
    void await(Wakeup wakeup, Duration patience) throws InterruptedException;

    /** Runs a short task later, on the one timer thread. */
    Scheduled schedule(Runnable task, Duration delay);

    /** Runs a task that may block, on a thread of its own. */
    void execute(Runnable task);

    /** Runs nothing more; what runs already is not waited for. */
    @Override
    void close();

    /** A task that may still be taken back. */
    interface Scheduled {
        void cancel();
    }

    static Timing system() {
        return new SystemTiming();
    }
}
