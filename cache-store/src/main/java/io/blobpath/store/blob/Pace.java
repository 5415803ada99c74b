package io.blobpath.store.blob;

import io.blobpath.store.StoreInterruptedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How fast a collection may go: how long it may hold a repository at a stretch, and how much it may remove in a second. */
final class Pace {
    /** The time of this machine. */
    static final Timer SYSTEM = new Timer() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };

    private final Timer timer;
    private final long slice;
    private final int rate;
    private final long start;

    /** Where time comes from. */
    interface Timer {
        long nanos();

        void sleep(Duration duration) throws InterruptedException;
    }

    Pace(Timer timer, GcOptions options) {
        this.timer = timer;
        this.slice = options.slice().toNanos();
        this.rate = options.rate();
        this.start = timer.nanos();
    }

    /** When a slice that begins now has to end. */
    long endOfSlice() {
        return timer.nanos() + slice;
    }

    boolean isOver(long end) {
        return timer.nanos() - end >= 0;
    }

    /**
     * Waits until so many removals may have been made.
     *
     * @throws StoreInterruptedException if the thread was interrupted, even if there is nothing to wait for
     */
    void await(long removals) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long due = rate == 0 ? 0 : removals * TimeUnit.SECONDS.toNanos(1) / rate;
            long left = due - (timer.nanos() - start);
            if (left > 0) {
                timer.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(e);
        }
    }
}
