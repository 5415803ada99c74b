package io.blobpath.cache.lease;

import java.util.Collection;

/** Interrupts work that takes longer than it may. */
final class Overtime {
    private final Timing timing;
    private final Collection<Flight<?>> flights;
    private final SharedAlarm alarm;

    Overtime(Timing timing, Collection<Flight<?>> flights) {
        this.timing = timing;
        this.flights = flights;
        this.alarm = new SharedAlarm(timing, this::look);
    }

    /** Sees to it that somebody looks when this moment has come; the flight has noted it before. */
    void watch(long end) {
        alarm.at(end);
    }

    private void look() {
        long now = timing.nanoTime();
        for (Flight<?> flight : flights) {
            flight.endOvertime(now).ifPresent(alarm::at);
        }
    }
}
