package io.blobpath.lmdb;

import java.time.Duration;

/** A moment until which to wait, on the monotonic clock. */
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** How long until then; not positive if it is over. */
    long left() {
        return nanoTime - System.nanoTime();
    }
}
