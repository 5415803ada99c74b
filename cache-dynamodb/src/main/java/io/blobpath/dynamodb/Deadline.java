package io.blobpath.dynamodb;

import java.time.Duration;

/** A moment until which to go on, on the monotonic clock. */
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Nanoseconds until then; not positive if it is over. */
    long left() {
        return nanoTime - System.nanoTime();
    }
}
