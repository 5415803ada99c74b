package io.blobpath.store.stream;

import java.time.Duration;

/** Time, and the threads that act in it. Tests move it by hand. */
interface StreamTiming extends AutoCloseable {
    /** The monotonic clock. */
    long nanoTime();

    /** Milliseconds of the wall clock, for what must survive the process. */
    long wallMillis();

    /** Runs a short task later, on a timer thread; the result takes it back. */
    Runnable schedule(Runnable task, Duration delay);

    /** Runs a task that may block, on a thread of its own. */
    void execute(Runnable task);

    /** Runs nothing more; what runs already is not waited for. */
    @Override
    void close();

    static StreamTiming system() {
        return new SystemStreamTiming();
    }
}
