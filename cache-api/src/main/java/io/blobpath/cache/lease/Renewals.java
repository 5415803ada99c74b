package io.blobpath.cache.lease;

import io.blobpath.cache.spi.LeaseRenewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<HeldLease> held = ConcurrentHashMap.newKeySet();
    private final Set<HeldLease> underWay = ConcurrentHashMap.newKeySet();
    private final SharedAlarm alarm;

    Renewals(DriverLeases leases) {
        this.leases = leases;
        this.alarm = new SharedAlarm(leases.timing(), this::tick);
    }

    void add(HeldLease lease) {
        held.add(lease);
        if (lease.isOpen()) {
            alarm.at(leases.timing().nanoTime() + untilNext(lease));
        } else {
            remove(lease);
        }
    }

    void remove(HeldLease lease) {
        held.remove(lease);
    }

    List<HeldLease> all() {
        return List.copyOf(held);
    }

    private void tick() {
        try {
            for (HeldLease lease : held) {
                if (lease.left() <= 0) {
                    lease.lose(LossCause.EXPIRED);
                }
            }
            for (List<HeldLease> due : dueByShard().values()) {
                List<HeldLease> shard = due.stream().filter(underWay::add).toList();
                leases.timing().execute(() -> renewShard(shard));
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "leases that are due were not renewed; they are tried again until their time is over: {}",
                    e.toString());
        } finally {
            scheduleNext();
        }
    }

    private Map<Integer, List<HeldLease>> dueByShard() {
        long now = leases.timing().nanoTime();
        Map<Integer, List<HeldLease>> due = new TreeMap<>();
        for (HeldLease lease : held) {
            if (lease.isAlmostDue() && !underWay.contains(lease)) {
                lease.asking(now);
                due.computeIfAbsent(leases.driver().shard(lease.name()), shard -> new ArrayList<>())
                        .add(lease);
            }
        }
        return due;
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
        held.stream().mapToLong(this::untilNext).min().ifPresent(until -> alarm.at(now + until));
    }

    /** Nanoseconds until there is something to do for the lease: to renew it, or to end it. */
    private long untilNext(HeldLease lease) {
        long left = lease.left();
        return underWay.contains(lease) ? left : Math.min(left, Math.max(lease.untilDue(), SHORTEST_TICK));
    }
}
