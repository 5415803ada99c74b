package io.blobpath.dynamodb;

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
import java.util.Set;
import java.util.concurrent.Future;

/** The leases of one handle. DynamoDB tells nobody when an item changes, so that those who wait poll. */
final class DynamoDbLeases implements LeaseDriver {
    private static final Polling POLLING = new Polling(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final DynamoDbWorkers workers;
    private final LeaseTable table;
    private final DynamoDbLookups lookups;
    private final DynamoDbChanges changes;

    DynamoDbLeases(DynamoDbWorkers workers, LeaseTable table, DynamoDbLookups lookups, DynamoDbChanges changes) {
        this.workers = workers;
        this.table = table;
        this.lookups = lookups;
        this.changes = changes;
    }

    /**
     * The entry is read after the grant. Whoever held the lease before can change nothing any more by then, because each guarded
     * write checks the owner in its own transaction; so what is read is as good as read in the step of the grant.
     */
    @Override
    public LeaseAttempt tryAcquire(LeaseClaim claim) {
        return workers.call(deadline -> {
            LeaseAttempt attempt = table.tryAcquire(deadline, claim);
            Optional<Digest> digest = claim.name().digest();
            if (digest.isPresent() && attempt instanceof LeaseAttempt.Granted granted) {
                return new LeaseAttempt.Granted(
                        granted.fence(), lookups.entry(deadline, digest.get(), LeaseAttempt.DUPLICATES));
            }
            return attempt;
        });
    }

    @Override
    public List<Boolean> renew(List<LeaseRenewal> renewals) {
        Deadline deadline = workers.deadline();
        List<Future<Boolean>> underWay = renewals.stream()
                .map(renewal -> workers.start(() -> table.renew(deadline, renewal)))
                .toList();
        try {
            return underWay.stream().map(DynamoDbWorkers::join).toList();
        } finally {
            underWay.forEach(renewal -> renewal.cancel(true));
        }
    }

    @Override
    public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        return workers.call(deadline -> table.release(deadline, name, owner, failure));
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        return workers.call(deadline -> table.peek(deadline, name));
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        return workers.call(deadline -> table.list(deadline, token, limit));
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return workers.call(deadline -> table.breakLease(deadline, name, fence));
    }

    @Override
    public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        return guarded(digest, owner, path, Edit.PUT);
    }

    @Override
    public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        return guarded(digest, owner, path, Edit.REMOVE);
    }

    @Override
    public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        return guarded(digest, owner, path, Edit.PROMOTE);
    }

    @Override
    public Polling polling() {
        return POLLING;
    }

    /** The bucket of the item, so that a slow partition holds up only the renewals of its own leases. */
    @Override
    public int shard(LeaseName name) {
        return LeaseTable.bucket(name);
    }

    private <R> R guarded(Digest digest, OwnerToken owner, BlobPath path, Edit<R> edit) {
        Guard guard = new Guard(table.key(LeaseName.of(digest)), owner);
        Piece piece = new Piece(digest, List.of(path));
        return workers.change(Set.of(digest), deadline -> changes.one(deadline, piece, edit, Optional.of(guard)));
    }
}
