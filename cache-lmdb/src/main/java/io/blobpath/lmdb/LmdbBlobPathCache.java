package io.blobpath.lmdb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.CacheUnavailableException;
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
import java.util.function.Function;

/** A handle on an environment: reads go to its readers, changes to its writer. */
final class LmdbBlobPathCache implements CacheDriver {
    private final LmdbEnvironment environment;
    private final Duration timeout;
    private final LmdbLeases leases;

    LmdbBlobPathCache(LmdbEnvironment environment, Duration timeout) {
        this.environment = environment;
        this.timeout = timeout;
        this.leases = new LmdbLeases(environment, timeout);
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        return environment.read(timeout, snapshot -> LmdbLookups.canonical(snapshot, digest));
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        return environment.read(timeout, snapshot -> LmdbLookups.contains(snapshot, digest, path));
    }

    @Override
    public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        return environment.read(timeout, snapshot -> LmdbLookups.slice(snapshot, digest, after, limit));
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        return write(new LmdbChanges.Put(digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        return write(new LmdbChanges.Remove(digest, path));
    }

    @Override
    public List<PutResult> putAll(List<BlobRecord> records) {
        return writeAll(records, LmdbChanges.Put::new);
    }

    @Override
    public List<RemoveResult> removeAll(List<BlobRecord> records) {
        return writeAll(records, LmdbChanges.Remove::new);
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        byte[] start = LmdbScan.start(request);
        return environment.read(timeout, snapshot -> LmdbScan.page(snapshot, start, request));
    }

    @Override
    public Optional<LeaseDriver> leases() {
        return Optional.of(leases);
    }

    @Override
    public CacheInfo info() {
        return LmdbInfo.of(environment, timeout);
    }

    @Override
    public List<Finding> findings() {
        return LmdbFitness.look(environment, timeout);
    }

    @Override
    public void close() {
        if (!LmdbEnvironments.release(environment, Deadline.in(timeout.multipliedBy(2)))) {
            throw new CacheUnavailableException("the writer still waits for another process" + environment.lockHolder()
                    + "; the files stay open until it gets its turn or this process ends");
        }
    }

    private <R> R write(LmdbWriter.Change<R> change) {
        return environment.write(timeout, Deadline.in(timeout), change);
    }

    private <R> List<R> writeAll(List<BlobRecord> records, Function<BlobRecord, LmdbWriter.Change<R>> change) {
        Deadline deadline = Deadline.in(timeout);
        return new LmdbBatch<R>(records).run(change, part -> environment.write(timeout, deadline, part));
    }
}
