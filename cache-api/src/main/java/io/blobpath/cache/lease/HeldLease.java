package io.blobpath.cache.lease;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A granted lease. It is held, and then once and for all lost or closed. */
final class HeldLease implements DigestLease {
    private enum State {
        HELD,
        LOST,
        CLOSED
    }

    private final DriverLeases leases;
    private final KeyedLocks.Ticket<LeaseName> ticket;
    private final LeaseName name;
    private final OwnerToken token;
    private final long lease;
    private final long fence;
    private final Optional<BlobEntry> entry;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private final CompletableFuture<LossCause> lost = new CompletableFuture<>();
    private volatile long confirmed;
    private volatile long asked;
    private volatile long progress;

    HeldLease(
            DriverLeases leases,
            KeyedLocks.Ticket<LeaseName> ticket,
            LeaseClaim claim,
            LeaseAttempt.Granted granted,
            long requested) {
        this.leases = leases;
        this.ticket = ticket;
        this.name = claim.name();
        this.token = claim.owner();
        this.lease = claim.lease().toNanos();
        this.fence = granted.fence();
        this.entry = granted.entry();
        this.confirmed = requested;
        this.asked = requested;
    }

    @Override
    public LeaseName name() {
        return name;
    }

    @Override
    public long fence() {
        return fence;
    }

    @Override
    public Optional<BlobEntry> entry() {
        return entry;
    }

    @Override
    public Duration remaining() {
        return state.get() == State.HELD ? Duration.ofNanos(Math.max(0, left())) : Duration.ZERO;
    }

    @Override
    public CompletionStage<LossCause> lost() {
        return lost.minimalCompletionStage();
    }

    @Override
    public void progress(long units) {
        progress = units;
    }

    @Override
    public PutResult put(BlobPath path) {
        return guarded(() -> leases.driver().put(digest(), token, path));
    }

    @Override
    public RemoveResult remove(BlobPath path) {
        return guarded(() -> leases.driver().remove(digest(), token, path));
    }

    @Override
    public boolean promote(BlobPath path) {
        return guarded(() -> leases.driver().promote(digest(), token, path));
    }

    @Override
    public void close() {
        close(Optional.empty());
    }

    /** Gives the lease back and leaves a failure behind for those who wait. */
    void close(Optional<LeaseFailure> failure) {
        if (state.compareAndSet(State.HELD, State.CLOSED)) {
            leases.forget(this);
            try {
                leases.release(name, token, failure);
            } finally {
                ticket.close();
            }
        }
    }

    /** Ends the lease without its holder's doing. */
    void lose(LossCause cause) {
        if (state.compareAndSet(State.HELD, State.LOST)) {
            leases.forget(this);
            // Those who wait in this JVM may ask the store now; whether it is free is the store's to say.
            ticket.close();
            if (cause == LossCause.EXPIRED) {
                leases.releaseLater(name, token);
            }
            leases.timing().execute(() -> lost.complete(cause));
        }
    }

    /** Releases the record of a lease that was lost because its cache is closed; whether the store answered. */
    boolean giveBack() {
        return leases.release(name, token, Optional.empty());
    }

    /** Notes that a renewal is asked for. */
    void asking(long now) {
        asked = now;
    }

    /** Notes that the store confirmed a renewal that was asked for at this time. */
    void confirm(long requested) {
        confirmed = requested;
    }

    /** Nanoseconds until the lease ends; negative if it has ended. */
    long left() {
        return confirmed + lease - leases.timing().nanoTime();
    }

    /** Nanoseconds until a renewal is due: after a third of the lease, and after a failed one again soon, but not at once. */
    long untilDue() {
        long now = leases.timing().nanoTime();
        return Math.max(confirmed - now + lease / 3, asked - now + lease / 10);
    }

    /** Whether a renewal may travel along with others: half of the time to the next one has passed. */
    boolean isAlmostDue() {
        long now = leases.timing().nanoTime();
        return now - confirmed >= lease / 6 && now - asked >= lease / 10;
    }

    boolean isOpen() {
        return state.get() == State.HELD;
    }

    LeaseRenewal renewal() {
        return new LeaseRenewal(name, token, Duration.ofNanos(lease), progress);
    }

    @Override
    public String toString() {
        return "Lease[" + name + ", fence " + fence + ", " + state.get() + "]";
    }

    private Digest digest() {
        return name.digest()
                .orElseThrow(() -> new IllegalStateException("only the lease of a digest has guarded writes"));
    }

    private <R> R guarded(Supplier<R> write) {
        if (left() <= 0) {
            // The alarm of a process that was stopped may come later than its next write.
            lose(LossCause.EXPIRED);
        }
        if (!isOpen()) {
            throw new LeaseLostException("the lease with fence " + fence + " is not held any more");
        }
        try {
            return write.get();
        } catch (LeaseLostException e) {
            lose(LossCause.TAKEN);
            throw e;
        }
    }
}
