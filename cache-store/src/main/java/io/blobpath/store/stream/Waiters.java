package io.blobpath.store.stream;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for something to change: a stack without a lock (R. K. Treiber, IBM RJ 5118, 1986). With nobody waiting a wake
 * costs one read.
 *
 * <p>Whoever waits adds itself, looks once more whether it must wait, parks, and begins again. Whoever changes something does so
 * first and wakes then. So none of the two can miss the other.
 */
final class Waiters {
    private final AtomicReference<@Nullable Waiter> top = new AtomicReference<>();

    /** Makes sure that the current thread is among those that are woken next. */
    void add(Waiter waiter) {
        waiter.thread = Thread.currentThread();
        if (waiter.queued) {
            return;
        }
        waiter.queued = true;
        Waiter below;
        do {
            below = top.get();
            waiter.below = below;
        } while (!top.compareAndSet(below, waiter));
    }

    void wakeAll() {
        if (top.get() == null) {
            return;
        }
        Waiter waiter = top.getAndSet(null);
        while (waiter != null) {
            Waiter below = waiter.below;
            waiter.below = null;
            // From here on it may add itself again.
            waiter.queued = false;
            waiter.wake();
            waiter = below;
        }
    }

    /** The place of one who waits, one thread at a time. It may stay queued when its thread waits no longer. */
    static final class Waiter {
        private volatile @Nullable Thread thread;
        private volatile boolean queued;
        private volatile @Nullable Waiter below;

        /** Wakes this one alone. */
        void wake() {
            LockSupport.unpark(thread);
        }
    }
}
