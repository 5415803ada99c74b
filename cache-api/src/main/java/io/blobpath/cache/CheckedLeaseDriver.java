package io.blobpath.cache;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A driver's leases behind the same gate and with the same context of failures as its records. */
record CheckedLeaseDriver(LeaseDriver driver, CheckedCalls calls) implements LeaseDriver {
    @Override
    public LeaseAttempt tryAcquire(LeaseClaim claim) {
        return calls.call("acquire", claim.name().digest(), () -> driver.tryAcquire(claim));
    }

    @Override
    public List<Boolean> renew(List<LeaseRenewal> renewals) {
        return calls.call("renew", Optional.empty(), () -> driver.renew(renewals));
    }

    @Override
    public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        return calls.call("release", name.digest(), () -> driver.release(name, owner, failure));
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        return calls.call("peek", name.digest(), () -> driver.peek(name));
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        PageRequest.checkLimit(limit);
        return calls.call("list", Optional.empty(), () -> driver.list(token, limit));
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return calls.call("breakLease", name.digest(), () -> driver.breakLease(name, fence));
    }

    @Override
    public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        return calls.call("put", Optional.of(digest), () -> driver.put(digest, owner, path));
    }

    @Override
    public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        return calls.call("remove", Optional.of(digest), () -> driver.remove(digest, owner, path));
    }

    @Override
    public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        return calls.call("promote", Optional.of(digest), () -> driver.promote(digest, owner, path));
    }

    @Override
    public Polling polling() {
        return driver.polling();
    }

    @Override
    public AutoCloseable watch(Consumer<LeaseName> hints) {
        return calls.call("watch", Optional.empty(), () -> driver.watch(hints));
    }

    @Override
    public int shard(LeaseName name) {
        return driver.shard(name);
    }
}
