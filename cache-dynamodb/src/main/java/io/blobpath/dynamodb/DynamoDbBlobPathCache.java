package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobRecord;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One handle on a namespace of a table. */
final class DynamoDbBlobPathCache implements CacheDriver {
    private final DynamoDbOptions options;
    private final DynamoDbWorkers workers;
    private final DynamoDbItems items;
    private final DynamoDbLookups lookups;
    private final DynamoDbChanges changes;
    private final DynamoDbBatches batches;
    private final DynamoDbScan scan;
    private final Optional<LeaseDriver> leases;

    DynamoDbBlobPathCache(DynamoDbOptions options, DynamoDbWorkers workers, DynamoDbItems items, boolean leasesHold) {
        this.options = options;
        this.workers = workers;
        this.items = items;
        this.lookups = new DynamoDbLookups(items);
        this.changes = new DynamoDbChanges(items);
        this.batches = new DynamoDbBatches(changes, workers, options.parallelism());
        this.scan = new DynamoDbScan(items, lookups, options);
        this.leases = leasesHold
                ? Optional.of(new DynamoDbLeases(workers, new LeaseTable(items), lookups, changes))
                : Optional.empty();
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        Optional<BlobPath> canonical = workers.call(deadline -> lookups.canonical(deadline, digest));
        canonical.ifPresent(path -> changes.saw(digest, path));
        return canonical;
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        return workers.call(deadline -> lookups.contains(deadline, digest, path));
    }

    @Override
    public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        return workers.call(deadline -> lookups.paths(deadline, digest, after, limit));
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        return workers.change(Set.of(digest), deadline -> changes.put(deadline, digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        Piece piece = new Piece(digest, List.of(path));
        return workers.change(Set.of(digest), deadline -> changes.one(deadline, piece, Edit.REMOVE, Optional.empty()));
    }

    @Override
    public List<PutResult> putAll(List<BlobRecord> records) {
        return batches.apply(records, Edit.PUT);
    }

    @Override
    public List<RemoveResult> removeAll(List<BlobRecord> records) {
        return batches.apply(records, Edit.REMOVE);
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        return workers.call(deadline -> scan.page(deadline, request));
    }

    /** Asks for the stamp, so that it tells the truth of now and fails when the backend is not there. */
    @Override
    public CacheInfo info() {
        String storeId = workers.call(deadline -> DynamoDbStamp.read(items, deadline));
        Map<String, String> details = Map.of("table", options.table(), "namespace", options.namespace());
        return new CacheInfo("dynamodb", storeId, DynamoDbStamp.SCHEMA, OptionalLong.empty(), details);
    }

    @Override
    public List<Finding> findings() {
        return workers.call(deadline -> DynamoDbFitness.look(new DynamoDbTable(items.requests(), options), deadline));
    }

    @Override
    public Optional<LeaseDriver> leases() {
        return leases;
    }

    @Override
    public void close() {
        workers.close();
        items.requests().close();
    }
}
