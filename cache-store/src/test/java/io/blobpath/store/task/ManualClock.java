package io.blobpath.store.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that moves by hand. What falls due runs on the thread that moves it. */
final class ManualClock implements TaskClock {
    private final List<Entry> alarms = new ArrayList<>();
    // Close to the overflow, which may be anywhere on the real clock.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private record Entry(long at, Runnable action) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public synchronized Alarm schedule(Runnable action, Duration delay) {
        Entry entry = new Entry(now + delay.toNanos(), action);
        alarms.add(entry);
        return () -> remove(entry);
    }

    void advance(Duration time) {
        List<Entry> due;
        synchronized (this) {
            now += time.toNanos();
            due = alarms.stream().filter(entry -> entry.at - now <= 0).toList();
            alarms.removeAll(due);
        }
        due.forEach(entry -> entry.action.run());
    }

    synchronized int alarms() {
        return alarms.size();
    }

    private synchronized void remove(Entry entry) {
        alarms.remove(entry);
    }
}
