package io.blobpath.cache.lease;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts work that takes longer than it may. One task of the timer serves all flights: it is set for the earliest end, and
 * a flight that begins later or lands in time does not touch it. A task for each flight would wake the timer's thread twice.
 */
final class Overtime {
    private final Timing timing;
    private final Collection<Flight<?>> flights;
    private Timing.@Nullable Scheduled alarm;

    // Read without the lock: a flight notes its end before it looks here, and the alarm is taken down before the ends
    // are read.
    private volatile @Nullable Long wake;

    Overtime(Timing timing, Collection<Flight<?>> flights) {
        this.timing = timing;
        this.flights = flights;
    }

    /** Sees to it that somebody looks when this moment has come. */
    void watch(long end) {
        Long set = wake;
        if (set == null || end - set < 0) {
            setAlarm(end);
        }
    }

    private synchronized void setAlarm(long end) {
        Long set = wake;
        if (set != null && end - set >= 0) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        wake = end;
        alarm = timing.schedule(this::look, Duration.ofNanos(Math.max(0, end - timing.nanoTime())));
    }

    private void look() {
        synchronized (this) {
            wake = null;
            alarm = null;
        }
        long now = timing.nanoTime();
        for (Flight<?> flight : flights) {
            flight.endOvertime(now).ifPresent(this::watch);
        }
    }
}
