package io.blobpath.dynamodb;

import io.blobpath.cache.CacheInterruptedException;
import java.util.concurrent.TimeUnit;

/** Keeps the read units of scans below a rate: who used some waits for them to be earned before the next request. */
final class Pace {
    private final int unitsPerSecond;
    private long freeAt = System.nanoTime();

    Pace(int unitsPerSecond) {
        this.unitsPerSecond = unitsPerSecond;
    }

    /** So many items cost less than a second's units, because each costs less than one: paths and keys are short. */
    int mostItems() {
        return unitsPerSecond > 0 ? unitsPerSecond : Integer.MAX_VALUE;
    }

    /** Waits, but not into the last part of the deadline, so that the request still fits. */
    void await(Deadline deadline) {
        long nanos;
        synchronized (this) {
            nanos = Math.min(freeAt - System.nanoTime(), deadline.left() / 2);
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException("interrupted while keeping to dynamodb.scanReadUnits", e);
        }
    }

    synchronized void used(double units) {
        if (unitsPerSecond > 0) {
            long cost = (long) (units / unitsPerSecond * TimeUnit.SECONDS.toNanos(1));
            freeAt = Math.max(freeAt, System.nanoTime()) + cost;
        }
    }
}
