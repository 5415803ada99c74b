package io.blobpath.cache.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One task of the timer for many who have something to be seen to in time. It is set for the earliest moment, and whoever comes
 * with a later one, or has no more need of it, does not touch it: a task for each would wake the timer's thread each time.
 *
 * <p>It may ring for somebody who is gone. Whoever is asked to look looks at all, and says when to look again.
 */
final class SharedAlarm {
    private final Timing timing;
    private final Runnable look;
    private Timing.@Nullable Scheduled alarm;

    // Read without the lock: who asks has noted before what is to be looked at, and the alarm is taken down before the
    // look.
    private volatile @Nullable Long wake;

    SharedAlarm(Timing timing, Runnable look) {
        this.timing = timing;
        this.look = look;
    }

    /** Sees to it that somebody looks when this moment has come. */
    void at(long moment) {
        Long set = wake;
        if (set == null || moment - set < 0) {
            set(moment);
        }
    }

    private synchronized void set(long moment) {
        Long set = wake;
        if (set != null && moment - set >= 0) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        wake = moment;
        alarm = timing.schedule(this::ring, Duration.ofNanos(Math.max(0, moment - timing.nanoTime())));
    }

    private void ring() {
        synchronized (this) {
            wake = null;
            alarm = null;
        }
        look.run();
    }
}
