package io.blobpath.lmdb;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseLostException;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one handle. Every change goes through the writer and thus holds the write lock of the records, which all
 * processes respect: nobody writes between what a grant reads and what it grants (F2), or between the check of a guarded write
 * and the write (F1).
 *
 * <p>No process reads another one's clock. A holder whose process is dead is known by its seat at once; one that is stopped is
 * known by a version that stands still ({@link LeaseClaim#takeOver}).
 */
final class LmdbLeases implements LeaseDriver {
    /** A look costs microseconds, so that a process hears soon of what another one released. */
    private static final Polling POLLING = new Polling(Duration.ofMillis(1), Duration.ofMillis(10));

    private final LmdbEnvironment environment;
    private final Duration timeout;

    LmdbLeases(LmdbEnvironment environment, Duration timeout) {
        this.environment = environment;
        this.timeout = timeout;
    }

    @Override
    public LeaseAttempt tryAcquire(LeaseClaim claim) {
        // Most who ask again find the lease still held; they need not bother the writer.
        Optional<LeaseAttempt> refusal = leases().read(timeout, snapshot -> refusal(snapshot, claim));
        return refusal.orElseGet(() -> write(records -> leases().change(rows -> {
            Optional<LeaseAttempt> meanwhile = refusal(rows, claim);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            long fence = LmdbLeaseTable.rowOf(rows, claim.name(), claim.owner())
                    .map(LmdbLeaseRow::fence)
                    .orElseGet(() -> LmdbLeaseTable.grant(rows, claim, environment.seat()));
            return new LeaseAttempt.Granted(fence, entry(records, claim.name()));
        })));
    }

    @Override
    public List<Boolean> renew(List<LeaseRenewal> renewals) {
        return write(records -> leases().change(rows -> {
            List<Boolean> renewed = new ArrayList<>(renewals.size());
            for (LeaseRenewal renewal : renewals) {
                Optional<LmdbLeaseRow> mine = LmdbLeaseTable.rowOf(rows, renewal.name(), renewal.owner());
                mine.ifPresent(row -> LmdbLeaseTable.write(rows, row.renewed(renewal)));
                renewed.add(mine.isPresent());
            }
            return renewed;
        }));
    }

    @Override
    public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        return end(name, row -> row.owner().equals(owner), failure);
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return end(name, row -> row.fence() == fence, Optional.empty());
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        return leases().read(
                        timeout,
                        snapshot -> LmdbLeaseTable.row(snapshot, LmdbLeaseTable.key(name))
                                .filter(this::lives)
                                .map(LmdbLeaseRow::state));
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        byte[] after = token.map(LmdbLeases::parse).orElse(new byte[] {LmdbLeaseTable.LEASE});
        return leases().read(timeout, snapshot -> page(snapshot, after, limit));
    }

    @Override
    public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        return guarded(digest, owner, new LmdbChanges.Put(digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        return guarded(digest, owner, new LmdbChanges.Remove(digest, path));
    }

    @Override
    public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        return guarded(digest, owner, new LmdbChanges.Promote(digest, path));
    }

    @Override
    public Polling polling() {
        return POLLING;
    }

    @Override
    public AutoCloseable watch(Consumer<LeaseName> hints) {
        return environment.watch(hints);
    }

    private <R> R guarded(Digest digest, OwnerToken owner, LmdbWriter.Change<R> change) {
        LeaseName name = LeaseName.of(digest);
        return write(records -> {
            boolean mine = leases().read(
                            timeout,
                            snapshot ->
                                    LmdbLeaseTable.rowOf(snapshot, name, owner).isPresent());
            if (!mine) {
                throw new LeaseLostException("the lease is not this owner's any more");
            }
            return change.apply(records);
        });
    }

    /** Ends the lease in this row; a second run of the same change, in another transaction, remembers the first. */
    private boolean end(LeaseName name, Predicate<LmdbLeaseRow> which, Optional<LeaseFailure> failure) {
        byte[] key = LmdbLeaseTable.key(name);
        AtomicBoolean ended = new AtomicBoolean();
        write(records -> leases().change(rows -> {
            if (LmdbLeaseTable.row(rows, key).filter(which).isPresent()) {
                rows.delete(key);
                failure.filter(left -> !left.keep().isZero())
                        .ifPresent(left -> LmdbLeaseTable.remember(rows, name, left));
                ended.set(true);
            }
            return ended;
        }));
        if (ended.get()) {
            environment.released(name);
        }
        return ended.get();
    }

    /** Why the claim is not granted; empty if it is to be. */
    private Optional<LeaseAttempt> refusal(LmdbSnapshot snapshot, LeaseClaim claim) {
        Optional<LmdbLeaseRow> row = LmdbLeaseTable.row(snapshot, LmdbLeaseTable.key(claim.name()));
        if (row.isPresent()) {
            LmdbLeaseRow held = row.get();
            boolean free = held.owner().equals(claim.owner())
                    || claim.takeOver().filter(held.version()::equals).isPresent()
                    || !lives(held);
            return free ? Optional.empty() : Optional.of(new LeaseAttempt.Held(held.state()));
        }
        return claim.honourFailure()
                ? LmdbLeaseTable.failure(snapshot, claim.name()).map(LeaseAttempt.Failed::new)
                : Optional.empty();
    }

    private boolean lives(LmdbLeaseRow row) {
        return environment.isTaken(row.seat());
    }

    private static Optional<BlobEntry> entry(LmdbSnapshot records, LeaseName name) {
        return name.digest().flatMap(digest -> LmdbLookups.entry(records, digest, LeaseAttempt.DUPLICATES));
    }

    private LeasePage page(LmdbSnapshot snapshot, byte[] after, int limit) {
        List<LeaseState> page = new ArrayList<>();
        byte @Nullable [] last = null;
        for (boolean row = snapshot.seek(after);
                row && snapshot.key()[0] == LmdbLeaseTable.LEASE;
                row = snapshot.next()) {
            if (page.size() == limit && last != null) {
                return new LeasePage(page, Optional.of(HexFormat.of().formatHex(last)));
            }
            LmdbLeaseRow lease = LmdbLeaseRow.decoded(snapshot.value());
            if (lives(lease) && !Arrays.equals(snapshot.key(), after)) {
                page.add(lease.state());
                last = snapshot.key();
            }
        }
        return new LeasePage(page, Optional.empty());
    }

    private static byte[] parse(String token) {
        try {
            return HexFormat.of().parseHex(token);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid token: it must come from a page of leases", e);
        }
    }

    private LmdbLeaseFile leases() {
        return environment.leaseFile();
    }

    private <R> R write(LmdbWriter.Change<R> change) {
        return environment.write(timeout, Deadline.in(timeout), change);
    }
}
