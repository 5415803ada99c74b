package io.blobpath.store.stream;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

/** Sweeps the folder, and looks after slow readers, again and again; a sweep begins a period after the last one ended. */
final class Sweeper {
    private final Shelving shelving;
    private final StreamEngine engine;
    private final StreamCacheOptions options;
    private Runnable cancel = () -> {};
    private boolean stopped;

    Sweeper(Shelving shelving, StreamEngine engine, StreamCacheOptions options) {
        this.shelving = shelving;
        this.engine = engine;
        this.options = options;
    }

    synchronized void start() {
        if (!stopped) {
            cancel = engine.timing().schedule(this::dispatch, options.sweepPeriod());
        }
    }

    synchronized void stop() {
        stopped = true;
        cancel.run();
    }

    /** Files may take their time, which the timer's thread does not have. */
    private void dispatch() {
        try {
            engine.timing().execute(this::sweep);
        } catch (RejectedExecutionException e) {
            stop();
        }
    }

    private void sweep() {
        try {
            engine.expelSlowReaders(options);
            shelving.sweep();
        } catch (IOException e) {
            engine.stats().storageFailed("sweep", e);
        } finally {
            start();
        }
    }
}
