package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobRecord;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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
        this.scan = new DynamoDbScan(items, lookups, options.scanReadUnits());
        this.leases = leasesHold
                ? Optional.of(new DynamoDbLeases(workers, new LeaseTable(items), lookups, changes))
                : Optional.empty();
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        return workers.call(deadline -> lookups.canonical(deadline, digest));
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
        return change(new Piece(digest, List.of(path)), Edit.PUT);
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        return change(new Piece(digest, List.of(path)), Edit.REMOVE);
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
        String storeId = workers.call(deadline -> DynamoDbStamp.check(items, deadline, Optional.empty()));
        Map<String, String> details = Map.of("table", options.table(), "namespace", options.namespace());
        return new CacheInfo("dynamodb", storeId, DynamoDbStamp.SCHEMA, OptionalLong.empty(), details);
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

    private <R> R change(Piece piece, Edit<R> edit) {
        return workers.call(deadline -> changes.apply(deadline, List.of(piece), edit, Optional.empty())
                .get(0)
                .answers()
                .get(0));
    }
}
