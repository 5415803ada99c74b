package io.blobpath.cache;

import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.PathSlice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A driver that holds nothing; tests override what they need. */
class FakeDriver implements CacheDriver {
    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        return Optional.empty();
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        return false;
    }

    @Override
    public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        return new PathSlice(Optional.empty(), List.of());
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        return new PutResult(true, path);
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        return RemoveResult.absent();
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        return new ScanPage(List.of(), Optional.empty());
    }

    @Override
    public CacheInfo info() {
        return new CacheInfo("fake", "store", 1, OptionalLong.empty(), Map.of());
    }

    @Override
    public void close() {}
}
