package io.blobpath.cache.lease;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shared core over a driver: the queue of this JVM first, then one contender for each name. */
final class DriverLeases implements Leases.CloseableLeases {
    private static final Logger LOG = LoggerFactory.getLogger(DriverLeases.class);

    private final LeaseDriver driver;
    private final Timing timing;
    private final KeyedLocks<LeaseName> locks = new KeyedLocks<>();
    private final Renewals renewals;
    private final Hints hints;
    private final Sightings sightings = new Sightings();
    private final String self = NodeName.ofThisProcess();
    private volatile boolean closed;

    DriverLeases(LeaseDriver driver, Timing timing) {
        this.driver = driver;
        this.timing = timing;
        this.renewals = new Renewals(this);
        this.hints = new Hints(driver, timing);
    }

    @Override
    public Lease acquire(LeaseName name, LeaseOptions options) throws InterruptedException, LeaseTimeoutException {
        return take(name, options, timing.nanoTime() + options.patience().toNanos());
    }

    @Override
    public Optional<Lease> tryAcquire(LeaseName name, LeaseOptions options) {
        return tryTake(name, options).map(lease -> lease);
    }

    @Override
    public DigestLease acquire(Digest digest, LeaseOptions options) throws InterruptedException, LeaseTimeoutException {
        return take(
                LeaseName.of(digest),
                options,
                timing.nanoTime() + options.patience().toNanos());
    }

    @Override
    public Optional<DigestLease> tryAcquire(Digest digest, LeaseOptions options) {
        return tryTake(LeaseName.of(digest), options).map(lease -> lease);
    }

    @Override
    public LeaseSet acquireAll(Collection<LeaseName> names, LeaseOptions options)
            throws InterruptedException, LeaseTimeoutException {
        long deadline = timing.nanoTime() + options.patience().toNanos();
        List<Lease> taken = new ArrayList<>();
        boolean complete = false;
        try {
            for (LeaseName name : new TreeSet<>(names)) {
                taken.add(take(name, options, deadline));
            }
            complete = true;
            return new LeaseSet(taken);
        } finally {
            if (!complete) {
                new LeaseSet(taken).close();
            }
        }
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        return driver.peek(name);
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        return driver.list(token, limit);
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return driver.breakLease(name, fence);
    }

    @Override
    public SingleFlight singleFlight(Executor executor) {
        return new SingleFlight(this, executor, timing);
    }

    @Override
    public void close() {
        closed = true;
        hints.close();
        List<HeldLease> open = renewals.all();
        open.forEach(lease -> lease.lose(LossCause.CLOSED));
        for (HeldLease lease : open) {
            if (!lease.giveBack()) {
                // A store that does not answer is not asked for each of the others: they end by themselves, too.
                break;
            }
        }
        timing.close();
    }

    void refuseAfterClose() {
        if (closed) {
            throw new IllegalStateException("the cache is closed");
        }
    }

    /** Waits for the place at the head of this JVM's queue; the contender there is the only one that asks the store. */
    Optional<Contender> contend(LeaseName name, Duration lease, long deadline) throws InterruptedException {
        var ticket = locks.acquire(name, deadline - timing.nanoTime());
        return ticket == null ? Optional.empty() : Optional.of(new Contender(this, ticket, name, lease));
    }

    HeldLease held(
            KeyedLocks.Ticket<LeaseName> ticket, LeaseClaim claim, LeaseAttempt.Granted granted, long requested) {
        HeldLease lease = new HeldLease(this, ticket, claim, granted, requested);
        renewals.add(lease);
        if (closed) {
            // Granted while the others were given back: nobody would renew it or signal its loss.
            lease.lose(LossCause.CLOSED);
            lease.giveBack();
            refuseAfterClose();
        }
        return lease;
    }

    void forget(HeldLease lease) {
        renewals.remove(lease);
    }

    /** Releases now, and tells whether the store answered; if not, the lease ends by itself. An interrupt waits until then. */
    boolean release(LeaseName name, OwnerToken token, Optional<LeaseFailure> failure) {
        boolean interrupted = Thread.interrupted();
        try {
            driver.release(name, token, failure);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("lease '{}' was not released; it ends by itself after its time: {}", name, e.toString());
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void releaseLater(LeaseName name, OwnerToken token) {
        timing.execute(() -> release(name, token, Optional.empty()));
    }

    LeaseDriver driver() {
        return driver;
    }

    Timing timing() {
        return timing;
    }

    Hints hints() {
        return hints;
    }

    Sightings sightings() {
        return sightings;
    }

    String self() {
        return self;
    }

    /** For how many names something is kept in memory, apart from the sightings. */
    int footprint() {
        return locks.size() + renewals.all().size() + hints.size();
    }

    private HeldLease take(LeaseName name, LeaseOptions options, long deadline)
            throws InterruptedException, LeaseTimeoutException {
        Contender contender = contend(name, options.lease(), deadline)
                .orElseThrow(() -> new LeaseTimeoutException("lease '" + name + "' was not granted within "
                        + options.patience() + ": others of this process hold it or wait for it"));
        boolean granted = false;
        try {
            while (true) {
                boolean last = timing.nanoTime() - deadline >= 0;
                try {
                    if (contender.attempt(false) instanceof Contender.Outcome.Granted grant) {
                        granted = true;
                        return grant.lease();
                    }
                } catch (CacheInterruptedException e) {
                    throw interrupted(name);
                } catch (BlobPathCacheException e) {
                    if (last || !e.isRetryable()) {
                        throw e;
                    }
                }
                if (last) {
                    throw contender.timedOut(options.patience());
                }
                contender.pause(deadline);
            }
        } finally {
            if (!granted) {
                contender.abandon();
            }
        }
    }

    private static InterruptedException interrupted(LeaseName name) {
        Thread.interrupted();
        return new InterruptedException("interrupted while asking for lease '" + name + "'");
    }

    private Optional<HeldLease> tryTake(LeaseName name, LeaseOptions options) {
        var ticket = locks.tryAcquire(name);
        if (ticket == null) {
            return Optional.empty();
        }
        Contender contender = new Contender(this, ticket, name, options.lease());
        boolean granted = false;
        try {
            if (contender.attempt(false) instanceof Contender.Outcome.Granted grant) {
                granted = true;
                return Optional.of(grant.lease());
            }
            return Optional.empty();
        } finally {
            if (!granted) {
                contender.abandon();
            }
        }
    }
}
