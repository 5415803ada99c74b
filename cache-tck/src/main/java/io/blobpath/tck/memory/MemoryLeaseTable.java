package io.blobpath.tck.memory;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The leases of one store, guarded by the store's lock. The store keeps the time, on the JVM's monotonic clock. */
final class MemoryLeaseTable {
    private final TreeMap<LeaseName, Row> rows = new TreeMap<>();
    private final TreeMap<LeaseName, Failure> failures = new TreeMap<>();
    private long lastFence;

    private record Row(OwnerToken owner, LeaseState state, long end) {
        LeaseState shown(long now) {
            return new LeaseState(
                    state.name(),
                    state.holder(),
                    state.fence(),
                    state.version(),
                    state.lease(),
                    state.since(),
                    Optional.of(Duration.ofNanos(end - now)),
                    state.progress());
        }

        Row renewed(LeaseRenewal renewal, long now) {
            LeaseState next = new LeaseState(
                    state.name(),
                    state.holder(),
                    state.fence(),
                    state.fence() + "." + now,
                    renewal.lease(),
                    state.since(),
                    Optional.empty(),
                    renewal.progress());
            return new Row(owner, next, now + renewal.lease().toNanos());
        }
    }

    private record Failure(String reason, long end) {}

    LeaseAttempt tryAcquire(LeaseClaim claim, Supplier<Optional<BlobEntry>> entry) {
        long now = forgetThePast();
        Row row = rows.get(claim.name());
        if (row != null && row.owner().equals(claim.owner())) {
            return new LeaseAttempt.Granted(row.state().fence(), entry.get());
        }
        if (row != null) {
            return new LeaseAttempt.Held(row.shown(now));
        }
        Failure failure = failures.get(claim.name());
        if (failure != null && claim.honourFailure()) {
            return new LeaseAttempt.Failed(failure.reason());
        }
        lastFence = Math.max(lastFence + 1, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        LeaseState state = new LeaseState(
                claim.name(),
                claim.holder(),
                lastFence,
                Long.toString(lastFence),
                claim.lease(),
                Instant.now(),
                Optional.empty(),
                0);
        rows.put(claim.name(), new Row(claim.owner(), state, now + claim.lease().toNanos()));
        return new LeaseAttempt.Granted(lastFence, entry.get());
    }

    List<Boolean> renew(List<LeaseRenewal> renewals) {
        long now = forgetThePast();
        List<Boolean> renewed = new ArrayList<>();
        for (LeaseRenewal renewal : renewals) {
            boolean mine = isHeldBy(renewal.name(), renewal.owner());
            if (mine) {
                rows.computeIfPresent(renewal.name(), (name, row) -> row.renewed(renewal, now));
            }
            renewed.add(mine);
        }
        return renewed;
    }

    boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        long now = forgetThePast();
        if (!isHeldBy(name, owner)) {
            return false;
        }
        rows.remove(name);
        failure.filter(left -> !left.keep().isZero())
                .ifPresent(left -> failures.put(
                        name, new Failure(left.reason(), now + left.keep().toNanos())));
        return true;
    }

    Optional<LeaseState> peek(LeaseName name) {
        long now = forgetThePast();
        return Optional.ofNullable(rows.get(name)).map(row -> row.shown(now));
    }

    LeasePage list(Optional<String> token, int limit) {
        long now = forgetThePast();
        NavigableMap<LeaseName, Row> rest =
                token.map(key -> rows.tailMap(LeaseName.ofKey(key), false)).orElse(rows);
        List<LeaseState> page = new ArrayList<>();
        for (Map.Entry<LeaseName, Row> each : rest.entrySet()) {
            if (page.size() == limit) {
                return new LeasePage(
                        page, Optional.of(page.get(limit - 1).name().key()));
            }
            page.add(each.getValue().shown(now));
        }
        return new LeasePage(page, Optional.empty());
    }

    boolean breakLease(LeaseName name, long fence) {
        forgetThePast();
        Row row = rows.get(name);
        return row != null && row.state().fence() == fence && rows.remove(name, row);
    }

    /** Refuses a write of somebody who does not hold the lease. */
    void guard(LeaseName name, OwnerToken owner) {
        forgetThePast();
        if (!isHeldBy(name, owner)) {
            throw new LeaseLostException("the lease is not this owner's any more");
        }
    }

    void clear() {
        rows.clear();
        failures.clear();
        lastFence = 0;
    }

    private boolean isHeldBy(LeaseName name, OwnerToken owner) {
        Row row = rows.get(name);
        return row != null && row.owner().equals(owner);
    }

    private long forgetThePast() {
        long now = System.nanoTime();
        rows.values().removeIf(row -> row.end() - now <= 0);
        failures.values().removeIf(failure -> failure.end() - now <= 0);
        return now;
    }
}
