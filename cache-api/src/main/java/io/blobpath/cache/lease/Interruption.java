package io.blobpath.cache.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread that runs a flight, and only while it runs it: never what its pool does with it later. */
final class Interruption {
    private @Nullable Thread thread;
    private boolean nudged;
    private boolean last;

    /** Marks the current thread as the one to be interrupted until the scope is closed. */
    synchronized Scope enter() {
        thread = Thread.currentThread();
        if (last) {
            nudge();
        }
        return new Scope();
    }

    /** Interrupts what runs now; another attempt may follow. */
    synchronized void nudge() {
        if (thread != null) {
            nudged = true;
            thread.interrupt();
        }
    }

    /** Interrupts for good. */
    synchronized void interrupt() {
        last = true;
        nudge();
    }

    synchronized boolean isFinal() {
        return last;
    }

    /** Waits before another attempt; false if the flight was interrupted for good. */
    boolean pause(Timing timing, Duration delay) {
        synchronized (this) {
            if (last) {
                return false;
            }
            // A nudge of the attempt before must not end this wait.
            forgetNudge();
        }
        Wakeup wakeup = new Wakeup();
        Timing.Scheduled alarm = timing.schedule(wakeup::ring, delay);
        try {
            wakeup.await();
            return true;
        } catch (InterruptedException e) {
            return !isFinal();
        } finally {
            alarm.cancel();
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
