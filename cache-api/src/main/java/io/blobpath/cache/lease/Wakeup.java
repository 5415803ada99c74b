package io.blobpath.cache.lease;

import java.util.concurrent.locks.LockSupport;

/** Lets the thread that made it wait until it is rung. */
final class Wakeup {
    private final Thread waiter = Thread.currentThread();
    private volatile boolean rung;

    /** Forgets that it was rung, before a look at what the ring is about. */
    void reset() {
        rung = false;
    }

    void ring() {
        rung = true;
        LockSupport.unpark(waiter);
    }

    /** Waits until it is rung, at most so many nanoseconds of the real clock. */
    void await(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        while (!rung) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for a lease");
            }
            long left = nanos - (System.nanoTime() - start);
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }
}
