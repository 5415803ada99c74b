package io.blobpath.cache.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that runs a flight, and only while it runs it: never what its pool does with it later, and never a
 * later attempt than the one that was meant.
 */
final class Interruption {
    private @Nullable Thread thread;
    private int attempt;
    private boolean nudged;
    private boolean last;

    /** Marks the current thread as the one to be interrupted until the scope is closed. */
    synchronized Scope enter() {
        thread = Thread.currentThread();
        if (last) {
            interruptThread();
        }
        return new Scope();
    }

    /** Interrupts the attempt that runs now, however late it is called: another attempt may follow, and is left alone. */
    synchronized Runnable nudge() {
        int meant = attempt;
        return () -> nudge(meant);
    }

    private synchronized void nudge(int meant) {
        if (meant == attempt) {
            interruptThread();
        }
    }

    /** Interrupts for good. */
    synchronized void interrupt() {
        last = true;
        interruptThread();
    }

    synchronized boolean isFinal() {
        return last;
    }

    /** Whether the interrupt that this thread saw was sent from here, and not by the owner of the thread. */
    synchronized boolean isOurs() {
        return nudged;
    }

    /** Waits before another attempt; false if the flight, or its thread, was interrupted for good. */
    boolean pause(Timing timing, Duration delay) {
        synchronized (this) {
            if (last) {
                return false;
            }
            attempt++;
            forgetNudge();
        }
        try {
            timing.await(new Wakeup(), delay);
            return !isFinal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void interruptThread() {
        if (thread != null) {
            nudged = true;
            thread.interrupt();
        }
    }

    /** Clears our own interrupt, and not one that somebody else sent to this thread. */
    private void forgetNudge() {
        if (nudged) {
            nudged = false;
            Thread.interrupted();
        }
    }

    /** Ends with the run. */
    final class Scope implements AutoCloseable {
        @Override
        public void close() {
            synchronized (Interruption.this) {
                thread = null;
                forgetNudge();
            }
        }
    }
}
