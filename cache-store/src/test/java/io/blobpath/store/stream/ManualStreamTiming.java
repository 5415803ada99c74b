package io.blobpath.store.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that moves by hand. What falls due runs on the thread that moves it; producers have threads of their own. */
final class ManualStreamTiming implements StreamTiming {
    private final List<Alarm> alarms = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    // Close to the overflow, which may be anywhere on the real clock.
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    // Files get their times from the real clock.
    private long millis = System.currentTimeMillis();

    private record Alarm(long at, Runnable task) {}

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized long wallMillis() {
        return millis;
    }

    @Override
    public synchronized Runnable schedule(Runnable task, Duration delay) {
        Alarm alarm = new Alarm(nanos + delay.toNanos(), task);
        alarms.add(alarm);
        return () -> remove(alarm);
    }

    @Override
    public synchronized void execute(Runnable task) {
        Thread thread = new Thread(task, "manual-stream-timing");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** The caches of a test share it. */
    @Override
    public void close() {}

    /** Moves the time on; what falls due runs at its moment, and whatever sweeps it starts have ended when this returns. */
    void advance(Duration by) throws InterruptedException {
        long end = nanoTime() + by.toNanos();
        for (Optional<Alarm> next = next(end); next.isPresent(); next = next(end)) {
            int before = started();
            next.get().task().run();
            joinFrom(before);
        }
    }

    /** How many wait for a time to come, the sweep among them. */
    synchronized int alarms() {
        return alarms.size();
    }

    /** Waits until everything that was executed has ended. */
    void join() throws InterruptedException {
        joinFrom(0);
    }

    private void joinFrom(int first) throws InterruptedException {
        List<Thread> all;
        synchronized (this) {
            all = List.copyOf(threads.subList(first, threads.size()));
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    private synchronized int started() {
        return threads.size();
    }

    private synchronized Optional<Alarm> next(long end) {
        Optional<Alarm> next = alarms.stream()
                .min(Comparator.comparingLong(alarm -> alarm.at() - end))
                .filter(alarm -> alarm.at() - end <= 0);
        next.ifPresent(alarms::remove);
        long moment = next.map(Alarm::at).orElse(end);
        if (moment - nanos > 0) {
            millis += Duration.ofNanos(moment - nanos).toMillis();
            nanos = moment;
        }
        return next;
    }

    private synchronized void remove(Alarm alarm) {
        alarms.remove(alarm);
    }
}
