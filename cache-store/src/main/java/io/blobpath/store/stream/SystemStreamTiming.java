package io.blobpath.store.stream;

import io.blobpath.cache.spi.DaemonThreads;
import java.time.Duration;

/** The real clocks, and threads of its own. */
final class SystemStreamTiming implements StreamTiming {
    private final DaemonThreads threads = new DaemonThreads("blobpath-stream");

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        return threads.schedule(task, delay);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.close();
    }
}
