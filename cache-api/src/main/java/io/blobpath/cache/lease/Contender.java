package io.blobpath.cache.lease;

import io.blobpath.cache.lease.Sightings.Sighting;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver.Polling;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One who asks the store for a lease, again and again, with one token. Used by one thread.
 *
 * <p>For stores that keep no time it watches the holder: a record whose version did not change for its whole lease, on this
 * JVM's monotonic clock and counted from after the first look, belongs to a holder that is gone. (The rule is that of Amazon's
 * DynamoDB lock client; no clocks of two hosts are compared.) What contenders before it have seen counts: {@link Sightings}.
 */
final class Contender {
    private static final double BACKOFF = 1.5;

    private final DriverLeases leases;
    private final KeyedLocks.Ticket<LeaseName> ticket;
    private final LeaseName name;
    private final Duration lease;
    private final OwnerToken token = OwnerToken.random();
    private final Wakeup wakeup = new Wakeup();
    private @Nullable LeaseState holder;
    private @Nullable Sighting sighting;
    private long delay;
    private boolean uncertain;
    private boolean listening;

    Contender(DriverLeases leases, KeyedLocks.Ticket<LeaseName> ticket, LeaseName name, Duration lease) {
        this.leases = leases;
        this.ticket = ticket;
        this.name = name;
        this.lease = lease;
        this.sighting = leases.sightings().last(name);
        this.delay = leases.driver().polling().first().toNanos();
    }

    /** What came of an attempt: the lease, or why not. */
    sealed interface Outcome {
        record Granted(HeldLease lease) implements Outcome {}

        record Held(LeaseState by) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    /**
     * Asks once.
     *
     * @throws IllegalStateException if the leases are closed
     */
    Outcome attempt(boolean honourFailure) {
        leases.refuseAfterClose();
        // A hint that comes from now on may be about what the answer does not tell yet.
        wakeup.reset();
        long before = leases.timing().nanoTime();
        LeaseClaim claim = new LeaseClaim(name, token, lease, leases.self(), takeOver(before), honourFailure);
        LeaseAttempt attempt;
        try {
            attempt = leases.driver().tryAcquire(claim);
        } catch (RuntimeException e) {
            uncertain = true;
            throw e;
        }
        if (attempt instanceof LeaseAttempt.Granted granted) {
            stopListening();
            leases.sightings().forget(name);
            return new Outcome.Granted(leases.held(ticket, claim, granted, before));
        }
        if (attempt instanceof LeaseAttempt.Failed failed) {
            return new Outcome.Failed(failed.reason());
        }
        LeaseState by = ((LeaseAttempt.Held) attempt).by();
        observe(by);
        return new Outcome.Held(by);
    }

    /**
     * Waits for a hint or the next poll, but not beyond the deadline. The first time it only begins to listen and returns: what
     * was released since the last look told nobody, so look again.
     */
    void pause(long deadline) throws InterruptedException {
        if (!listening) {
            listening = true;
            leases.hints().add(name, wakeup);
            return;
        }
        long now = leases.timing().nanoTime();
        long nanos = Math.min(nextDelay(now), deadline - now);
        leases.timing().await(wakeup, Duration.ofNanos(Math.max(0, nanos)));
    }

    /** Leaves without the lease. If an answer was lost, the store may have granted it: then it is given back. */
    void abandon() {
        stopListening();
        ticket.close();
        if (uncertain) {
            leases.releaseLater(name, token);
        }
    }

    LeaseTimeoutException timedOut(Duration waited) {
        LeaseState by = holder;
        return new LeaseTimeoutException("lease '" + name + "' was not granted within " + waited
                + (by == null
                        ? ": others of this process hold it or wait for it"
                        : ": held by " + by.holder() + " since " + by.since() + " (fence " + by.fence() + ")"));
    }

    private void stopListening() {
        if (listening) {
            listening = false;
            leases.hints().remove(name, wakeup);
        }
    }

    private Optional<String> takeOver(long now) {
        Sighting seen = sighting;
        return seen != null && seen.isOver(now) ? Optional.of(seen.version()) : Optional.empty();
    }

    private void observe(LeaseState by) {
        holder = by;
        sighting = by.remaining().isPresent()
                ? null
                : leases.sightings().note(by, leases.timing().nanoTime());
    }

    private long nextDelay(long now) {
        Polling polling = leases.driver().polling();
        long jittered = (long) (delay * ThreadLocalRandom.current().nextDouble(0.5, 1));
        delay = Math.min((long) (delay * BACKOFF), polling.last().toNanos());
        LeaseState by = holder;
        if (by == null) {
            return jittered;
        }
        Sighting seen = sighting;
        long untilFree = seen == null
                ? by.remaining().map(Duration::toNanos).orElse(0L)
                : seen.lease().toNanos() - (now - seen.since());
        return Math.min(jittered, Math.max(untilFree, 0) + polling.first().toNanos() / 2);
    }
}
