package io.blobpath.store.task;

import java.time.Duration;
import java.time.Instant;

/** Time, for deadlines and for people. Tests move it by hand. */
interface TaskClock {
    /** The real time. */
    TaskClock SYSTEM = new SystemTaskClock();

    /** The monotonic clock. */
    long nanoTime();

    /** The wall clock. */
    Instant now();

    /** Runs the action later, on some thread. */
    Alarm schedule(Runnable action, Duration delay);

    /** An action that may still be taken back. */
    interface Alarm {
        /** None. */
        Alarm NONE = () -> {};

        void cancel();
    }
}
