package io.blobpath.cache.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Time that moves by hand. What falls due runs on the thread that moves it; what may block has threads of its own. */
final class ManualTiming implements Timing {
    private final ExecutorService workers = Executors.newCachedThreadPool(ManualTiming::daemon);
    private final List<Alarm> alarms = new ArrayList<>();
    // Close to the overflow, which may be anywhere on the real clock.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private int working;
    private int waiting;
    private boolean closed;

    private record Alarm(long at, Runnable task) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public void await(Wakeup wakeup, Duration patience) throws InterruptedException {
        AtomicBoolean woken = new AtomicBoolean();
        Runnable wake = () -> {
            if (woken.compareAndSet(false, true)) {
                changeWaiting(-1);
            }
        };
        Alarm alarm;
        synchronized (this) {
            changeWaiting(1);
            alarm = add(
                    () -> {
                        wake.run();
                        wakeup.ring();
                    },
                    patience);
        }
        try {
            wakeup.await(Long.MAX_VALUE);
        } finally {
            wake.run();
            remove(alarm);
        }
    }

    @Override
    public synchronized Scheduled schedule(Runnable task, Duration delay) {
        if (closed) {
            return () -> {};
        }
        Alarm alarm = add(task, delay);
        return () -> remove(alarm);
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (closed) {
            return;
        }
        working++;
        workers.execute(() -> {
            try {
                task.run();
            } finally {
                done();
            }
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.shutdown();
    }

    /** Moves the time on; whatever falls due runs at its moment, and what it starts has ended before the next moment. */
    void advance(Duration by) throws InterruptedException {
        advance(by, 0);
    }

    /** The same while so many tasks hang. */
    void advance(Duration by, int hanging) throws InterruptedException {
        long end = nanoTime() + by.toNanos();
        for (Optional<Alarm> next = next(end); next.isPresent(); next = next(end)) {
            next.get().task().run();
            untilWorking(hanging);
        }
    }

    /** Moves the time on while somebody waits: from poll to poll and never beyond the next, whose alarm the last one sets. */
    void poll(Duration by, Future<?> waiter) throws InterruptedException {
        poll(by, waiter, 0);
    }

    /** The same while so many tasks hang. */
    void poll(Duration by, Future<?> waiter, int hanging) throws InterruptedException {
        long end = nanoTime() + by.toNanos();
        while (end - nanoTime() > 0) {
            advance(Duration.ofNanos(Math.min(end - nanoTime(), untilAlarm())), hanging);
            while (waiting() == 0 && !waiter.isDone()) {
                Thread.onSpinWait();
            }
        }
    }

    /** Lets time pass as it does for a process that is stopped: nothing runs meanwhile. */
    synchronized void skip(Duration by) {
        now += by.toNanos();
    }

    /** Waits until no more than so many tasks are under way. */
    synchronized void untilWorking(int hanging) throws InterruptedException {
        while (working > hanging) {
            wait();
        }
    }

    /** Waits until so many threads wait for a wakeup that is not due. */
    synchronized void untilWaiting(int threads) throws InterruptedException {
        while (waiting < threads) {
            wait();
        }
    }

    /** How many threads wait for a wakeup that is not due. */
    synchronized int waiting() {
        return waiting;
    }

    /** How many alarms are set. */
    synchronized int alarms() {
        return alarms.size();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Nanoseconds until the next alarm; the longest time if none is set. */
    private synchronized long untilAlarm() {
        return alarms.stream().mapToLong(alarm -> alarm.at() - now).min().orElse(Long.MAX_VALUE);
    }

    private synchronized Optional<Alarm> next(long end) {
        Optional<Alarm> next = alarms.stream()
                .min(Comparator.comparingLong(alarm -> alarm.at() - end))
                .filter(alarm -> alarm.at() - end <= 0);
        next.ifPresent(alarms::remove);
        long moment = next.map(Alarm::at).orElse(end);
        now = moment - now > 0 ? moment : now;
        return next;
    }

    private synchronized Alarm add(Runnable task, Duration delay) {
        Alarm alarm = new Alarm(now + delay.toNanos(), task);
        alarms.add(alarm);
        return alarm;
    }

    private synchronized void remove(Alarm alarm) {
        alarms.remove(alarm);
    }

    private synchronized void done() {
        working--;
        notifyAll();
    }

    private synchronized void changeWaiting(int by) {
        waiting += by;
        notifyAll();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "manual-timing");
        thread.setDaemon(true);
        return thread;
    }
}
