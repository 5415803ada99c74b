package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Digest;
import io.blobpath.cache.Finding;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PathPage;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.Leases;
import java.util.List;
import java.util.Optional;

/** Does all as the cache behind it. Faults in the place of the shared checks override what they break. */
class ForwardingCache implements BlobPathCache {
    private final BlobPathCache sound;

    ForwardingCache(BlobPathCache sound) {
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
    public PathPage paths(Digest digest, PageRequest page) {
        return sound.paths(digest, page);
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
    public List<PutResult> putAll(List<BlobRecord> records) {
        return sound.putAll(records);
    }

    @Override
    public List<RemoveResult> removeAll(List<BlobRecord> records) {
        return sound.removeAll(records);
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        return sound.scan(request);
    }

    @Override
    public Leases leases() {
        return sound.leases();
    }

    @Override
    public CacheInfo info() {
        return sound.info();
    }

    @Override
    public List<Finding> findings() {
        return sound.findings();
    }

    @Override
    public void close() {
        sound.close();
    }

    @Override
    public String toString() {
        return sound.toString();
    }
}
