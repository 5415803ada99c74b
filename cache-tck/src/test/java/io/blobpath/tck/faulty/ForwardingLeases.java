package io.blobpath.tck.faulty;

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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Does all as the leases behind it. Faults override what they break: a call, or what is asked for or granted. */
class ForwardingLeases implements LeaseDriver {
    private final LeaseDriver sound;

    ForwardingLeases(LeaseDriver sound) {
        this.sound = sound;
    }

    /** What is asked for instead of the claim. */
    LeaseClaim asked(LeaseClaim claim) {
        return claim;
    }

    /** What is handed out instead of the grant. */
    LeaseAttempt.Granted granted(LeaseClaim claim, LeaseAttempt.Granted grant) {
        return grant;
    }

    @Override
    public LeaseAttempt tryAcquire(LeaseClaim claim) {
        LeaseAttempt attempt = sound.tryAcquire(asked(claim));
        return attempt instanceof LeaseAttempt.Granted grant ? granted(claim, grant) : attempt;
    }

    @Override
    public List<Boolean> renew(List<LeaseRenewal> renewals) {
        return sound.renew(renewals);
    }

    @Override
    public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        return sound.release(name, owner, failure);
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        return sound.peek(name);
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        return sound.list(token, limit);
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return sound.breakLease(name, fence);
    }

    @Override
    public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        return sound.put(digest, owner, path);
    }

    @Override
    public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        return sound.remove(digest, owner, path);
    }

    @Override
    public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        return sound.promote(digest, owner, path);
    }

    @Override
    public Polling polling() {
        return sound.polling();
    }

    @Override
    public AutoCloseable watch(Consumer<LeaseName> hints) {
        return sound.watch(hints);
    }

    @Override
    public int shard(LeaseName name) {
        return sound.shard(name);
    }
}
