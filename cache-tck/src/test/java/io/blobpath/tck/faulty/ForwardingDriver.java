package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.PathSlice;
import java.util.List;
import java.util.Optional;

/** Does all as the driver behind it, batches one by one. Faults override what they break. */
class ForwardingDriver implements CacheDriver {
    private final CacheDriver sound;

    ForwardingDriver(CacheDriver sound) {
        this.sound = sound;
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        return sound.canonical(digest);
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        return sound.contains(digest, path);
    }

    @Override
    public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        return sound.paths(digest, after, limit);
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        return sound.put(digest, path);
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        return sound.remove(digest, path);
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        return sound.scan(request);
    }

    @Override
    public Optional<LeaseDriver> leases() {
        return sound.leases();
    }

    @Override
    public CacheInfo info() {
        CacheInfo info = sound.info();
        return new CacheInfo("faulty", info.storeId(), info.schema(), info.records(), info.details());
    }

    @Override
    public void close() {
        sound.close();
    }

    /** All paths in byte order. */
    final List<BlobPath> all(Digest digest) {
        return sound.paths(digest, Optional.empty(), Integer.MAX_VALUE).ascending();
    }

    /** Makes this path the canonical one, which no sound driver would do. */
    final void promote(Digest digest, BlobPath path) {
        List<BlobPath> all = all(digest);
        all.forEach(each -> sound.remove(digest, each));
        sound.put(digest, path);
        all.forEach(each -> sound.put(digest, each));
    }
}
