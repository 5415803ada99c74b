package io.blobpath.cache;

import static java.util.Objects.requireNonNull;

import io.blobpath.cache.lease.Leases;
import io.blobpath.cache.spi.CacheDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What every driver would otherwise repeat: argument checks, refusal after close, and the context of failures. */
final class CheckedCache implements BlobPathCache {
    private final CacheDriver driver;
    private final Duration closePatience;
    private final CheckedCalls calls;
    private final Optional<Leases.CloseableLeases> leases;

    CheckedCache(String name, CacheDriver driver, Duration operationTimeout) {
        this.driver = driver;
        this.closePatience = operationTimeout.multipliedBy(2);
        this.calls = new CheckedCalls(name);
        this.leases = driver.leases().map(with -> Leases.over(new CheckedLeaseDriver(with, calls)));
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        return calls.call("canonical", Optional.of(digest), () -> driver.canonical(digest));
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        requireNonNull(path, "path");
        return calls.call("contains", Optional.of(digest), () -> driver.contains(digest, path));
    }

    @Override
    public PathPage paths(Digest digest, PageRequest page) {
        requireNonNull(page, "page");
        return calls.call("paths", Optional.of(digest), () -> PathPages.read(driver, digest, page));
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        requireNonNull(path, "path");
        return calls.call("put", Optional.of(digest), () -> driver.put(digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        requireNonNull(path, "path");
        return calls.call("remove", Optional.of(digest), () -> driver.remove(digest, path));
    }

    @Override
    public List<PutResult> putAll(List<BlobRecord> records) {
        List<BlobRecord> copy = List.copyOf(records);
        return calls.call("putAll", Optional.empty(), () -> List.copyOf(driver.putAll(copy)));
    }

    @Override
    public List<RemoveResult> removeAll(List<BlobRecord> records) {
        List<BlobRecord> copy = List.copyOf(records);
        return calls.call("removeAll", Optional.empty(), () -> List.copyOf(driver.removeAll(copy)));
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        requireNonNull(request, "request");
        return calls.call("scan", Optional.empty(), () -> driver.scan(request));
    }

    @Override
    public Leases leases() {
        return leases.orElseThrow(
                () -> new UnsupportedOperationException("the driver '" + calls.driver() + "' has no leases"));
    }

    @Override
    public CacheInfo info() {
        return calls.call("info", Optional.empty(), driver::info);
    }

    @Override
    public List<Finding> findings() {
        return calls.call("findings", Optional.empty(), () -> List.copyOf(driver.findings()));
    }

    @Override
    public void close() {
        leases.ifPresent(Leases.CloseableLeases::close);
        if (!calls.close(closePatience)) {
            return;
        }
        try {
            driver.close();
        } catch (BlobPathCacheException e) {
            throw e.at(calls.driver(), "close", Optional.empty());
        }
    }

    /** Names the driver, never its options. */
    @Override
    public String toString() {
        return "BlobPathCache[" + calls.driver() + "]";
    }
}
