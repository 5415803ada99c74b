package io.blobpath.cache.lease;

import java.util.concurrent.locks.LockSupport;

/** Lets one thread wait until it is rung once. */
final class Wakeup {
    private final Thread waiter = Thread.currentThread();
    private volatile boolean rung;

    void ring() {
        rung = true;
        LockSupport.unpark(waiter);
    }

    void await() throws InterruptedException {
        while (!rung) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for a lease");
            }
            LockSupport.park(this);
        }
    }
}
