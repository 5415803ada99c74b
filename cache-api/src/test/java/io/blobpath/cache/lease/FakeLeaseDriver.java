package io.blobpath.cache.lease;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A store in memory that keeps no time: a holder stays until it releases. Tests replace its answers and read what it was asked. */
final class FakeLeaseDriver implements LeaseDriver {
    static final Duration LONG = Duration.ofSeconds(30);

    final Map<LeaseName, Row> rows = new ConcurrentHashMap<>();
    final Set<BlobPath> recorded = ConcurrentHashMap.newKeySet();
    final List<LeaseClaim> claims = new CopyOnWriteArrayList<>();
    final List<List<LeaseRenewal>> renewals = new CopyOnWriteArrayList<>();
    final List<OwnerToken> released = new CopyOnWriteArrayList<>();
    final List<LeaseFailure> failures = new CopyOnWriteArrayList<>();
    final List<Consumer<LeaseName>> watchers = new CopyOnWriteArrayList<>();
    volatile Function<LeaseClaim, LeaseAttempt> acquire = this::answer;
    volatile Consumer<List<LeaseRenewal>> beforeRenewal = batch -> {};
    volatile Runnable beforeRelease = () -> {};
    volatile Runnable beforeWatch = () -> {};
    volatile ToIntFunction<LeaseName> shards = name -> 0;
    private final AtomicLong fences = new AtomicLong();

    record Row(OwnerToken owner, LeaseState state) {
        /** Somebody else's, as a driver without a clock shows it. */
        static Row foreign(LeaseName name, long version) {
            return foreign(name, version, 0);
        }

        static Row foreign(LeaseName name, long version, long progress) {
            return new Row(OwnerToken.random(), stateOf(name, "another node", 7, version, LONG, progress));
        }
    }

    /** The usual answer. */
    synchronized LeaseAttempt answer(LeaseClaim claim) {
        Row row = rows.get(claim.name());
        if (row != null && !isFreeFor(claim, row)) {
            return new LeaseAttempt.Held(row.state());
        }
        long fence = fences.incrementAndGet();
        rows.put(
                claim.name(),
                new Row(claim.owner(), stateOf(claim.name(), claim.holder(), fence, 0, claim.lease(), 0)));
        return new LeaseAttempt.Granted(fence, Optional.empty());
    }

    /** Tells everybody who watches. */
    void hint(LeaseName name) {
        watchers.forEach(watcher -> watcher.accept(name));
    }

    @Override
    public LeaseAttempt tryAcquire(LeaseClaim claim) {
        claims.add(claim);
        return acquire.apply(claim);
    }

    @Override
    public List<Boolean> renew(List<LeaseRenewal> batch) {
        renewals.add(batch);
        beforeRenewal.accept(batch);
        return batch.stream().map(each -> isHeldBy(each.name(), each.owner())).toList();
    }

    @Override
    public synchronized boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        released.add(owner);
        beforeRelease.run();
        failure.ifPresent(failures::add);
        return isHeldBy(name, owner) && rows.remove(name) != null;
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        return Optional.ofNullable(rows.get(name)).map(Row::state);
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        return new LeasePage(rows.values().stream().map(Row::state).toList(), Optional.empty());
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return rows.values().removeIf(row -> row.state().name().equals(name));
    }

    @Override
    public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        guard(digest, owner);
        return new PutResult(recorded.add(path), path);
    }

    @Override
    public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        guard(digest, owner);
        return recorded.remove(path) ? RemoveResult.duplicate() : RemoveResult.absent();
    }

    @Override
    public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        guard(digest, owner);
        return recorded.contains(path);
    }

    @Override
    public Polling polling() {
        return new Polling(Duration.ofMillis(100), Duration.ofSeconds(1));
    }

    @Override
    public AutoCloseable watch(Consumer<LeaseName> hints) {
        beforeWatch.run();
        watchers.add(hints);
        return () -> watchers.remove(hints);
    }

    @Override
    public int shard(LeaseName name) {
        return shards.applyAsInt(name);
    }

    private static boolean isFreeFor(LeaseClaim claim, Row row) {
        return row.owner().equals(claim.owner())
                || claim.takeOver().filter(row.state().version()::equals).isPresent();
    }

    private void guard(Digest digest, OwnerToken owner) {
        if (!isHeldBy(LeaseName.of(digest), owner)) {
            throw new LeaseLostException("the lease is not this owner's any more");
        }
    }

    private boolean isHeldBy(LeaseName name, OwnerToken owner) {
        Row row = rows.get(name);
        return row != null && row.owner().equals(owner);
    }

    private static LeaseState stateOf(
            LeaseName name, String holder, long fence, long version, Duration lease, long progress) {
        return new LeaseState(
                name, holder, fence, Long.toString(version), lease, Instant.EPOCH, Optional.empty(), progress);
    }
}
