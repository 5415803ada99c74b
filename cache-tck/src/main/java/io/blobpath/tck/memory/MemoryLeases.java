package io.blobpath.tck.memory;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The leases of one handle; like its records they go over the store's link. */
final class MemoryLeases implements LeaseDriver {
    private static final Polling POLLING = new Polling(Duration.ofMillis(2), Duration.ofMillis(50));

    private final MemoryStore store;
    private final Duration timeout;

    MemoryLeases(MemoryStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    @Override
    public LeaseAttempt tryAcquire(LeaseClaim claim) {
        return store.link().reply(reached().tryAcquire(claim));
    }

    @Override
    public List<Boolean> renew(List<LeaseRenewal> renewals) {
        return store.link().reply(reached().renew(renewals));
    }

    @Override
    public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        return store.link().reply(reached().release(name, owner, failure));
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        return reached().peek(name);
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        return reached().list(token, limit);
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return store.link().reply(reached().breakLease(name, fence));
    }

    @Override
    public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        return store.link().reply(reached().put(digest, owner, path));
    }

    @Override
    public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        return store.link().reply(reached().remove(digest, owner, path));
    }

    @Override
    public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        return store.link().reply(reached().promote(digest, owner, path));
    }

    @Override
    public Polling polling() {
        return POLLING;
    }

    @Override
    public AutoCloseable watch(Consumer<LeaseName> hints) {
        return store.watch(hints);
    }

    private MemoryStore reached() {
        store.link().reach(timeout);
        return store;
    }
}
