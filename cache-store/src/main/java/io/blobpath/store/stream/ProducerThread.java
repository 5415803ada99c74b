package io.blobpath.store.stream;

import org.jspecify.annotations.Nullable;

/** Interrupts the thread that runs a producer, and only while it does: never what its pool does with it later. */
final class ProducerThread {
    private @Nullable Thread thread;
    private boolean interrupted;

    /** Runs the task on this thread, until it returns the one to be interrupted. */
    void run(Runnable task) {
        enter();
        try {
            task.run();
        } finally {
            leave();
        }
    }

    /** Interrupts the task that runs now, or is about to run. */
    synchronized void interrupt() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void enter() {
        thread = Thread.currentThread();
        if (interrupted) {
            thread.interrupt();
        }
    }

    private synchronized void leave() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
