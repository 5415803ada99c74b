package io.blobpath.cache.lease;

import io.blobpath.cache.spi.LeaseRenewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews what is held: in batches, each part of the backend apart from the others, so that one that hangs costs only its own
 * leases. Signals the loss of those whose time passed.
 */
final class Renewals {
    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
    private static final int BATCH = 500;
    private static final long SHORTEST_TICK = Duration.ofMillis(10).toNanos();

    private final DriverLeases leases;
    private final Map<HeldLease, Timing.Scheduled> held = new ConcurrentHashMap<>();
    private final Set<HeldLease> underWay = ConcurrentHashMap.newKeySet();
    private Timing.@Nullable Scheduled tick;
    private long tickAt;
    private long ticks;

    Renewals(DriverLeases leases) {
        this.leases = leases;
    }

    void add(HeldLease lease) {
        held.put(lease, alarm(lease));
        if (!lease.isOpen()) {
            remove(lease);
            return;
        }
        scheduleTick(leases.timing().nanoTime() + lease.untilDue());
    }

    void remove(HeldLease lease) {
        Timing.Scheduled alarm = held.remove(lease);
        if (alarm != null) {
            alarm.cancel();
        }
        if (held.isEmpty()) {
            stopTicking();
        }
    }

    List<HeldLease> all() {
        return List.copyOf(held.keySet());
    }

    private Timing.Scheduled alarm(HeldLease lease) {
        Duration left = Duration.ofNanos(Math.max(0, lease.left()));
        return leases.timing().schedule(() -> expire(lease), left);
    }

    /** Ends a lease whose time is over; one that was renewed meanwhile gets a new alarm. */
    private void expire(HeldLease lease) {
        if (lease.left() <= 0) {
            lease.lose(LossCause.EXPIRED);
        } else {
            held.computeIfPresent(lease, (key, rung) -> alarm(lease));
        }
    }

    private void tick(long number) {
        synchronized (this) {
            if (tick == null || number != ticks) {
                // Began to run just when it was cancelled; another one is under way.
                return;
            }
            tick = null;
        }
        try {
            Map<Integer, List<HeldLease>> due = new TreeMap<>();
            for (HeldLease lease : held.keySet()) {
                if (lease.isAlmostDue() && underWay.add(lease)) {
                    due.computeIfAbsent(leases.driver().shard(lease.name()), shard -> new ArrayList<>())
                            .add(lease);
                }
            }
            due.values().forEach(shard -> leases.timing().execute(() -> renewShard(shard)));
        } finally {
            scheduleNext();
        }
    }

    private void renewShard(List<HeldLease> shard) {
        try {
            for (int i = 0; i < shard.size(); i += BATCH) {
                renew(shard.subList(i, Math.min(i + BATCH, shard.size())));
            }
        } finally {
            shard.forEach(underWay::remove);
            scheduleNext();
        }
    }

    private void renew(List<HeldLease> batch) {
        long requested = leases.timing().nanoTime();
        batch.forEach(lease -> lease.asking(requested));
        List<HeldLease> open = batch.stream().filter(HeldLease::isOpen).toList();
        List<LeaseRenewal> renewals = open.stream().map(HeldLease::renewal).toList();
        if (open.isEmpty()) {
            return;
        }
        try {
            List<Boolean> renewed = leases.driver().renew(renewals);
            for (int i = 0; i < open.size(); i++) {
                if (renewed.get(i)) {
                    open.get(i).confirm(requested);
                } else {
                    open.get(i).lose(LossCause.TAKEN);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} leases were not renewed; they are tried again until their time is over: {}",
                    open.size(),
                    e.toString());
        }
    }

    private void scheduleNext() {
        long now = leases.timing().nanoTime();
        held.keySet().stream()
                .filter(lease -> !underWay.contains(lease))
                .mapToLong(HeldLease::untilDue)
                .min()
                .ifPresent(until -> scheduleTick(now + Math.max(until, SHORTEST_TICK)));
    }

    private synchronized void scheduleTick(long at) {
        if (tick != null && tickAt - at <= 0) {
            return;
        }
        if (tick != null) {
            tick.cancel();
        }
        tickAt = at;
        long delay = Math.max(0, at - leases.timing().nanoTime());
        long number = ++ticks;
        tick = leases.timing().schedule(() -> tick(number), Duration.ofNanos(delay));
    }

    private synchronized void stopTicking() {
        if (tick != null && held.isEmpty()) {
            tick.cancel();
            tick = null;
        }
    }
}
