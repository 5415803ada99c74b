package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Does batches in as few transactions as hold them, several at a time. */
final class DynamoDbBatches {
    private final DynamoDbChanges changes;
    private final DynamoDbWorkers workers;
    private final int parallelism;

    DynamoDbBatches(DynamoDbChanges changes, DynamoDbWorkers workers, int parallelism) {
        this.changes = changes;
        this.workers = workers;
        this.parallelism = parallelism;
    }

    /** The answers, in order. The operation timeout counts for the wait to begin, and for each transaction. */
    <R> List<R> apply(List<BlobRecord> records, Edit<R> edit) {
        Deadline first = workers.deadline();
        Set<Digest> digests = records.stream().map(BlobRecord::digest).collect(Collectors.toSet());
        workers.settle(digests, first);
        Batch<R> batch = new Batch<>(records, edit, changes, workers::deadline);
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(parallelism, batch.lanes()); i++) {
                runs.add(workers.startPart(() -> batch.run(first)));
            }
            runs.forEach(DynamoDbWorkers::join);
            return batch.answers();
        } catch (BlobPathCacheException e) {
            throw e.withApplied(batch.answered());
        } finally {
            batch.stop();
            runs.forEach(run -> workers.leave(digests, run));
        }
    }
}
