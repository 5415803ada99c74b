package io.blobpath.tck.memory;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Digest;
import io.blobpath.cache.Finding;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.PathSlice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One handle on a store: every call goes over the store's link, which tests may cut. */
final class MemoryDriver implements CacheDriver {
    private final MemoryStore store;
    private final Duration timeout;
    private final MemoryLeases leases;

    MemoryDriver(MemoryStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
        this.leases = new MemoryLeases(store, timeout);
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        return reached().canonical(digest);
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        return reached().contains(digest, path);
    }

    @Override
    public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        return reached().paths(digest, after, limit);
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        return store.link().reply(reached().put(digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        return store.link().reply(reached().remove(digest, path));
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        return reached().scan(request);
    }

    @Override
    public Optional<LeaseDriver> leases() {
        return Optional.of(leases);
    }

    @Override
    public CacheInfo info() {
        return reached().info();
    }

    @Override
    public List<Finding> findings() {
        return List.of(new Finding(
                "memory",
                "keeps records in this JVM only, and they end with it",
                "use another driver than this one for tests"));
    }

    /** Nothing to give back: the store outlives its handles. */
    @Override
    public void close() {}

    private MemoryStore reached() {
        store.link().reach(timeout);
        return store;
    }
}
