package io.blobpath.cache.lease;

import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.LeaseDriver;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Grants leases that every node on the same store respects (K1).
 *
 * <p>Safe for any number of threads. Callers of one JVM queue up in order of arrival, and only the first of them asks the
 * store. Between nodes there is no order.
 *
 * <p>A thread that asks again for a lease that it took itself and still holds gets an {@link IllegalStateException} instead
 * of waiting for itself; {@code tryAcquire} answers empty.
 */
public interface Leases {
    /**
     * Waits for the lease.
     *
     * @throws LeaseTimeoutException if it was not granted in time; the message tells who holds it
     * @throws InterruptedException if the thread was interrupted before or while it waited; the lease is not held (K2)
     */
    Lease acquire(LeaseName name, LeaseOptions options) throws InterruptedException, LeaseTimeoutException;

    /**
     * Takes the lease if it is free now; {@link LeaseOptions#patience} is ignored.
     *
     * <p>Where the store keeps no time (LMDB, DynamoDB), the lease of a holder that died is free when this JVM has seen it stand
     * still for the length of that lease, by whatever calls: the first one begins to watch, and one that comes so much later takes
     * it over (K3). The last thousand names are remembered. Waits that end without the lease have watched, too.
     */
    Optional<Lease> tryAcquire(LeaseName name, LeaseOptions options);

    /** Waits for the lease of a digest; otherwise like {@link #acquire(LeaseName, LeaseOptions)}. */
    DigestLease acquire(Digest digest, LeaseOptions options) throws InterruptedException, LeaseTimeoutException;

    /** Takes the lease of a digest if it is free now. */
    Optional<DigestLease> tryAcquire(Digest digest, LeaseOptions options);

    /**
     * Waits for all of these leases, in the order of their names, and takes all or none. The wait is for all together. Since
     * everybody uses the same order, callers never wait for each other in a circle.
     */
    LeaseSet acquireAll(Collection<LeaseName> names, LeaseOptions options)
            throws InterruptedException, LeaseTimeoutException;

    /** Who holds the lease, if anybody does. */
    Optional<LeaseState> peek(LeaseName name);

    /** A page of all leases that are held, for an operator. */
    LeasePage list(Optional<String> token, int limit);

    /**
     * Takes a lease away from its holder, for an operator who knows that the holder is gone. The holder's guarded writes are
     * refused from then on; what it does elsewhere goes on.
     *
     * @return whether the lease was held with this fence, and is free now
     */
    boolean breakLease(LeaseName name, long fence);

    /**
     * Runs each piece of work once at a time in the whole cluster.
     *
     * @param executor runs the work; each flight keeps one of its threads busy, so it must not queue them up
     */
    SingleFlight singleFlight(Executor executor);

    /** Leases over a driver, for tests of drivers; applications get them from their cache. */
    static CloseableLeases over(LeaseDriver driver) {
        return new DriverLeases(driver, Timing.system());
    }

    /** Leases with an end. */
    interface CloseableLeases extends Leases, AutoCloseable {
        /** Signals the loss of all leases that are held and gives them back. */
        @Override
        void close();
    }
}
