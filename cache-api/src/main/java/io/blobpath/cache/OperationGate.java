package io.blobpath.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets operations pass until it is closed, and lets the closer wait until the last one has left. Passing touches one of
 * several counters, so that threads on different cores do not share a cache line.
 */
final class OperationGate {
    private static final int STRIPES = 16;
    private static final int SPACING = 32;

    private final AtomicIntegerArray inside = new AtomicIntegerArray(STRIPES * SPACING);
    private volatile boolean closed;
    private volatile @Nullable Thread closer;

    /**
     * Enters.
     *
     * @return what {@link #exit} wants back
     * @throws IllegalStateException if the gate is closed
     */
    int enter() {
        int stripe = (int) (Thread.currentThread().getId() & (STRIPES - 1)) * SPACING;
        inside.incrementAndGet(stripe);
        if (closed) {
            exit(stripe);
            throw new IllegalStateException("the cache is closed");
        }
        return stripe;
    }

    void exit(int stripe) {
        inside.decrementAndGet(stripe);
        if (closed) {
            LockSupport.unpark(closer);
        }
    }

    /** Closes the gate; whoever closes first gets {@code true} and waits for those inside, at most so long. */
    boolean close(Duration patience) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            closer = Thread.currentThread();
            closed = true;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (long left = patience.toNanos(); left > 0 && !empty(); left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private boolean empty() {
        for (int i = 0; i < inside.length(); i += SPACING) {
            if (inside.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
