package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Does a batch in as few transactions as hold it, several at a time. */
final class DynamoDbBatches {
    private final DynamoDbChanges changes;
    private final DynamoDbWorkers workers;
    private final int parallelism;

    DynamoDbBatches(DynamoDbChanges changes, DynamoDbWorkers workers, int parallelism) {
        this.changes = changes;
        this.workers = workers;
        this.parallelism = parallelism;
    }

    /** The answers, in order. The operation timeout counts for each transaction. */
    <R> List<R> apply(List<BlobRecord> records, Edit<R> edit) {
        List<List<List<Lanes.Part>>> lanes = Lanes.of(records);
        AtomicReferenceArray<R> answers = new AtomicReferenceArray<>(records.size());
        AtomicInteger next = new AtomicInteger();
        List<Future<Boolean>> runs = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(parallelism, lanes.size()); i++) {
                runs.add(workers.start(() -> {
                    for (int lane = next.getAndIncrement(); lane < lanes.size(); lane = next.getAndIncrement()) {
                        run(lanes.get(lane), edit, answers);
                    }
                    return true;
                }));
            }
            runs.forEach(DynamoDbWorkers::join);
        } catch (BlobPathCacheException e) {
            throw e.withApplied(answered(answers));
        } finally {
            next.set(lanes.size());
            runs.forEach(run -> run.cancel(true));
        }
        List<R> inOrder = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            inOrder.add(answers.get(i));
        }
        return inOrder;
    }

    private <R> void run(List<List<Lanes.Part>> lane, Edit<R> edit, AtomicReferenceArray<R> answers) {
        Optional<Head> left = Optional.empty();
        for (List<Lanes.Part> bundle : lane) {
            Piece first = bundle.get(0).piece();
            List<DynamoDbChanges.Done<R>> done = edit.blind() && left.isPresent()
                    ? List.of(changes.applyBlind(workers.deadline(), first, edit, left.get()))
                    : changes.apply(
                            workers.deadline(),
                            bundle.stream().map(Lanes.Part::piece).toList(),
                            edit,
                            Optional.empty());
            for (int part = 0; part < bundle.size(); part++) {
                tell(done.get(part).answers(), bundle.get(part).indices(), answers);
            }
            left = done.get(0).left();
        }
    }

    private static <R> void tell(List<R> told, List<Integer> indices, AtomicReferenceArray<R> answers) {
        for (int i = 0; i < indices.size(); i++) {
            answers.set(indices.get(i), told.get(i));
        }
    }

    private static BitSet answered(AtomicReferenceArray<?> answers) {
        BitSet applied = new BitSet();
        for (int i = 0; i < answers.length(); i++) {
            applied.set(i, answers.get(i) != null);
        }
        return applied;
    }
}
