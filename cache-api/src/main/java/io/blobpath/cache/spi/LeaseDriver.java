package io.blobpath.cache.spi;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a driver implements for leases and guarded writes. Waiting, renewal in time, the signal of loss and the queue within a
 * JVM are not here: they are written once, above it.
 *
 * <p>Each call is one atomic step and, where the backend is remote, one round trip. No call waits for a lease. Every call may
 * be repeated after its answer was lost, and then answers the same (K6, E4). The rest of {@link CacheDriver}'s promises hold
 * as well.
 *
 * <p>Fences are {@code max(last + 1, clock)} with the store's or the host's wall clock in microseconds since 1970, so that
 * they go on rising after a wipe and need no memory per name (K7).
 */
public interface LeaseDriver {
    /** How often to ask again for a lease that is held, when no hint comes: first so soon, and then ever more slowly. */
    record Polling(Duration first, Duration last) {}

    /**
     * Grants the lease if it is free, if it is the caller's already (same fence then), or if its time has passed: by the store's
     * own clock, because {@link LeaseClaim#takeOver} still is its version, or because the driver knows that the holder's process
     * is dead.
     */
    LeaseAttempt tryAcquire(LeaseClaim claim);

    /**
     * Renews leases, which all have the same {@link #shard}.
     *
     * @return for each one, in order, whether the record still named its owner and was renewed; never revives one (K5)
     */
    List<Boolean> renew(List<LeaseRenewal> renewals);

    /**
     * Ends the lease if the record names this owner; otherwise does nothing (K4).
     *
     * @param failure what to remember for the name, if the holder failed for good
     * @return whether the record named this owner
     */
    boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure);

    /** Who holds the lease. */
    Optional<LeaseState> peek(LeaseName name);

    /** A page of the leases that are held. */
    LeasePage list(Optional<String> token, int limit);

    /** Ends the lease whoever holds it, if it has this fence. */
    boolean breakLease(LeaseName name, long fence);

    /**
     * {@link CacheDriver#put}, if the lease record of the digest names this owner.
     *
     * @throws io.blobpath.cache.lease.LeaseLostException if it does not; nothing is changed then
     */
    PutResult put(Digest digest, OwnerToken owner, BlobPath path);

    /** {@link CacheDriver#remove}, guarded like {@link #put}. */
    RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path);

    /**
     * Makes a recorded path the canonical one, guarded like {@link #put}.
     *
     * @return whether the path is recorded
     */
    boolean promote(Digest digest, OwnerToken owner, BlobPath path);

    /** How often to poll. */
    Polling polling();

    /**
     * Tells the names of leases that were released, by anybody, as soon as the driver hears of it. Hints may be lost, late or
     * wrong; polling makes up for them. The default gives none.
     *
     * @return ends the hints when it is closed
     */
    default AutoCloseable watch(Consumer<LeaseName> hints) {
        return () -> {};
    }

    /** Which part of the backend has this lease; parts are renewed apart from each other, so that one that hangs harms no other. */
    default int shard(LeaseName name) {
        return 0;
    }
}
