package io.blobpath.tck.memory;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import io.blobpath.cache.spi.PathSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The records and the stamp of one store. One lock guards everything, which makes each operation one atomic step. */
final class MemoryStore {
    private static final int SCHEMA = 1;

    private final TreeMap<Digest, MemoryEntry> entries = new TreeMap<>();
    private final MemoryLeaseTable leases = new MemoryLeaseTable();
    private final List<Consumer<LeaseName>> watchers = new CopyOnWriteArrayList<>();
    private final String name;
    private final MemoryLink link;
    private Optional<String> storeId = Optional.empty();
    private int schema = SCHEMA;

    MemoryStore(String name) {
        this.name = name;
        this.link = new MemoryLink(name);
    }

    MemoryLink link() {
        return link;
    }

    synchronized void openAs(Optional<String> expected) {
        if (schema > SCHEMA) {
            throw new CacheMismatchException("the store '" + name + "' has schema " + schema
                    + " and this driver knows up to " + SCHEMA + "; use the newer version of blobpath");
        }
        if (storeId.isEmpty()) {
            storeId = Optional.of(expected.orElseGet(() -> UUID.randomUUID().toString()));
        } else if (expected.isPresent() && !expected.equals(storeId)) {
            throw new CacheMismatchException("the store '" + name + "' belongs to storeId '" + storeId.get()
                    + "' and not to '" + expected.get() + "'; correct storeId or use another store");
        }
    }

    synchronized void stampSchema(int version) {
        schema = version;
    }

    synchronized void damage(Digest digest) {
        find(digest).ifPresent(MemoryEntry::damage);
    }

    synchronized void wipe() {
        entries.clear();
        leases.clear();
        storeId = Optional.empty();
        schema = SCHEMA;
    }

    synchronized Optional<BlobPath> canonical(Digest digest) {
        return find(digest).map(MemoryEntry::canonical);
    }

    synchronized boolean contains(Digest digest, BlobPath path) {
        return find(digest).map(entry -> entry.contains(path)).orElse(false);
    }

    synchronized PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        return find(digest)
                .map(entry -> entry.slice(after, limit))
                .orElseGet(() -> new PathSlice(Optional.empty(), List.of()));
    }

    synchronized PutResult put(Digest digest, BlobPath path) {
        return entries.computeIfAbsent(digest, absent -> new MemoryEntry(path))
                .checked()
                .put(path);
    }

    synchronized RemoveResult remove(Digest digest, BlobPath path) {
        RemoveResult result = find(digest).map(entry -> entry.remove(path)).orElseGet(RemoveResult::absent);
        if (result.last()) {
            entries.remove(digest);
        }
        return result;
    }

    synchronized ScanPage scan(ScanRequest request) {
        NavigableMap<Digest, MemoryEntry> rest = request.token()
                .map(token -> entries.tailMap(lastOf(token), false))
                .orElse(entries);
        List<BlobEntry> page = new ArrayList<>();
        for (Map.Entry<Digest, MemoryEntry> each : rest.entrySet()) {
            if (page.size() == request.limit()) {
                return new ScanPage(
                        page, Optional.of(page.get(page.size() - 1).digest().toString()));
            }
            page.add(each.getValue().checked().snapshot(each.getKey(), request.duplicates()));
        }
        return new ScanPage(page, Optional.empty());
    }

    synchronized CacheInfo info() {
        long records = entries.values().stream().mapToLong(MemoryEntry::size).sum();
        return new CacheInfo("memory", storeId.orElse(""), schema, OptionalLong.of(records), Map.of("store", name));
    }

    synchronized LeaseAttempt tryAcquire(LeaseClaim claim) {
        return leases.tryAcquire(claim, () -> claim.name().digest().flatMap(this::entry));
    }

    synchronized List<Boolean> renew(List<LeaseRenewal> renewals) {
        return leases.renew(renewals);
    }

    boolean release(LeaseName lease, OwnerToken owner, Optional<LeaseFailure> failure) {
        boolean released;
        synchronized (this) {
            released = leases.release(lease, owner, failure);
        }
        tell(lease, released);
        return released;
    }

    synchronized Optional<LeaseState> peek(LeaseName lease) {
        return leases.peek(lease);
    }

    synchronized LeasePage list(Optional<String> token, int limit) {
        return leases.list(token, limit);
    }

    boolean breakLease(LeaseName lease, long fence) {
        boolean broken;
        synchronized (this) {
            broken = leases.breakLease(lease, fence);
        }
        tell(lease, broken);
        return broken;
    }

    synchronized PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        leases.guard(LeaseName.of(digest), owner);
        return put(digest, path);
    }

    synchronized RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        leases.guard(LeaseName.of(digest), owner);
        return remove(digest, path);
    }

    synchronized boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        leases.guard(LeaseName.of(digest), owner);
        return find(digest).map(entry -> entry.promote(path)).orElse(false);
    }

    /** Tells the names of released leases until it is closed, outside of the store's lock. */
    AutoCloseable watch(Consumer<LeaseName> hints) {
        watchers.add(hints);
        return () -> watchers.remove(hints);
    }

    private void tell(LeaseName lease, boolean free) {
        if (free) {
            watchers.forEach(watcher -> watcher.accept(lease));
        }
    }

    private Optional<BlobEntry> entry(Digest digest) {
        return find(digest).map(entry -> entry.snapshot(digest, LeaseAttempt.DUPLICATES));
    }

    private Optional<MemoryEntry> find(Digest digest) {
        return Optional.ofNullable(entries.get(digest)).map(MemoryEntry::checked);
    }

    private static Digest lastOf(String token) {
        try {
            return Digest.parse(token);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid scan token: it must come from a page of a scan", e);
        }
    }
}
