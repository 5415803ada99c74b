package io.blobpath.redis;

import java.time.Duration;

/** When an operation ends at the latest, on the monotonic clock. */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Nanoseconds that are left, not below zero. */
    long left() {
        return Math.max(0, nanos - System.nanoTime());
    }
}
