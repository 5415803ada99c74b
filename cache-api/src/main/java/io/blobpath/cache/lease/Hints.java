package io.blobpath.cache.lease;

import io.blobpath.cache.spi.LeaseDriver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes those who wait for a name when the driver hears that it was released. One subscription, opened by the first. */
final class Hints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private final LeaseDriver driver;
    private final ConcurrentHashMap<LeaseName, Set<Wakeup>> waiting = new ConcurrentHashMap<>();
    private @Nullable AutoCloseable subscription;
    private boolean closed;

    Hints(LeaseDriver driver) {
        this.driver = driver;
    }

    void add(LeaseName name, Wakeup wakeup) {
        subscribe();
        waiting.compute(name, (key, wakeups) -> {
            Set<Wakeup> all = wakeups == null ? ConcurrentHashMap.newKeySet(1) : wakeups;
            all.add(wakeup);
            return all;
        });
    }

    void remove(LeaseName name, Wakeup wakeup) {
        waiting.computeIfPresent(name, (key, wakeups) -> {
            wakeups.remove(wakeup);
            return wakeups.isEmpty() ? null : wakeups;
        });
    }

    private void ring(LeaseName name) {
        Set<Wakeup> wakeups = waiting.get(name);
        if (wakeups != null) {
            wakeups.forEach(Wakeup::ring);
        }
    }

    private synchronized void subscribe() {
        if (subscription == null && !closed) {
            try {
                subscription = driver.watch(this::ring);
            } catch (RuntimeException e) {
                // Hints only save time; polling goes on without them, and the next waiter tries again.
                LOG.debug("no hints about released leases", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.values().forEach(wakeups -> wakeups.forEach(Wakeup::ring));
        if (subscription != null) {
            try {
                subscription.close();
            } catch (Exception e) {
                LOG.debug("hints about released leases did not end cleanly", e);
            }
        }
    }
}
