package io.blobpath.cache.lease;

import io.blobpath.cache.spi.LeaseDriver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes those who wait for a name when the driver hears that it was released. One subscription, opened for the first. */
final class Hints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private final LeaseDriver driver;
    private final Timing timing;
    private final ConcurrentHashMap<LeaseName, Set<Wakeup>> waiting = new ConcurrentHashMap<>();
    private @Nullable AutoCloseable subscription;
    private boolean subscribing;
    private volatile boolean closed;

    Hints(LeaseDriver driver, Timing timing) {
        this.driver = driver;
        this.timing = timing;
    }

    /** Rings the wakeup at each hint until it is removed; at once if this is closed. */
    void add(LeaseName name, Wakeup wakeup) {
        waiting.compute(name, (key, wakeups) -> {
            Set<Wakeup> all = wakeups == null ? ConcurrentHashMap.newKeySet(1) : wakeups;
            all.add(wakeup);
            return all;
        });
        if (closed) {
            wakeup.ring();
        } else {
            subscribe();
        }
    }

    void remove(LeaseName name, Wakeup wakeup) {
        waiting.computeIfPresent(name, (key, wakeups) -> {
            wakeups.remove(wakeup);
            return wakeups.isEmpty() ? null : wakeups;
        });
    }

    /** For how many names somebody waits. */
    int size() {
        return waiting.size();
    }

    private void ring(LeaseName name) {
        Set<Wakeup> wakeups = waiting.get(name);
        if (wakeups != null) {
            wakeups.forEach(Wakeup::ring);
        }
    }

    /** Not on the thread of the one who waits: a driver may have to connect first, and a wait must end in time. */
    private synchronized void subscribe() {
        if (subscription == null && !subscribing) {
            subscribing = true;
            timing.execute(this::open);
        }
    }

    private void open() {
        AutoCloseable opened = null;
        try {
            opened = driver.watch(this::ring);
        } catch (RuntimeException e) {
            // Hints only save time; polling goes on without them, and the next waiter tries again.
            LOG.debug("no hints about released leases", e);
        }
        synchronized (this) {
            subscribing = false;
            if (!closed) {
                subscription = opened;
                return;
            }
        }
        end(opened);
    }

    @Override
    public void close() {
        AutoCloseable open;
        synchronized (this) {
            closed = true;
            open = subscription;
            subscription = null;
        }
        waiting.values().forEach(wakeups -> wakeups.forEach(Wakeup::ring));
        end(open);
    }

    private static void end(@Nullable AutoCloseable subscription) {
        if (subscription != null) {
            try {
                subscription.close();
            } catch (Exception e) {
                LOG.debug("hints about released leases did not end cleanly", e);
            }
        }
    }
}
