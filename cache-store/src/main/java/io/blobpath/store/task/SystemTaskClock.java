package io.blobpath.store.task;

import io.blobpath.cache.spi.DaemonThreads;
import java.time.Duration;
import java.time.Instant;

/** The real clock. An alarm can tell listeners and start tasks, so it rings on a worker, not on the timer thread of all queues. */
final class SystemTaskClock implements TaskClock {
    private final DaemonThreads threads = new DaemonThreads("blobpath-task");

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Alarm schedule(Runnable action, Duration delay) {
        Runnable cancel = threads.schedule(() -> threads.execute(action), delay);
        return cancel::run;
    }
}
