package io.blobpath.dynamodb;

import io.blobpath.cache.BlobRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** A batch under way. Several threads may {@link #run} it; each takes the next lane until none is left. */
final class Batch<R> {
    private final Edit<R> edit;
    private final DynamoDbChanges changes;
    private final Supplier<Deadline> deadlines;
    private final List<List<List<Lanes.Part>>> lanes;
    private final AtomicReferenceArray<R> answers;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean stopped;

    Batch(List<BlobRecord> records, Edit<R> edit, DynamoDbChanges changes, Supplier<Deadline> deadlines) {
        this.edit = edit;
        this.changes = changes;
        this.deadlines = deadlines;
        this.lanes = Lanes.of(records);
        this.answers = new AtomicReferenceArray<>(records.size());
    }

    int lanes() {
        return lanes.size();
    }

    /** Does what nobody else has begun, the first transaction within this deadline. */
    void run(Deadline first) {
        Deadline deadline = first;
        for (int lane = next.getAndIncrement(); lane < lanes.size() && !stopped; lane = next.getAndIncrement()) {
            Optional<Head> left = Optional.empty();
            for (List<Lanes.Part> bundle : lanes.get(lane)) {
                if (stopped) {
                    return;
                }
                left = apply(deadline, bundle, left);
                deadline = deadlines.get();
            }
        }
    }

    /** Lets nothing more begin. */
    void stop() {
        stopped = true;
    }

    /** All answers, in the order of the batch. */
    List<R> answers() {
        List<R> inOrder = new ArrayList<>(answers.length());
        for (int i = 0; i < answers.length(); i++) {
            inOrder.add(answers.get(i));
        }
        return inOrder;
    }

    /** The elements that have an answer. */
    BitSet answered() {
        BitSet applied = new BitSet();
        for (int i = 0; i < answers.length(); i++) {
            applied.set(i, answers.get(i) != null);
        }
        return applied;
    }

    /** The head that the first digest of the bundle has afterwards. */
    private Optional<Head> apply(Deadline deadline, List<Lanes.Part> bundle, Optional<Head> left) {
        List<Piece> pieces = bundle.stream().map(Lanes.Part::piece).toList();
        List<DynamoDbChanges.Done<R>> done = edit.blind() && left.isPresent()
                ? List.of(changes.applyBlind(deadline, pieces.get(0), edit, left.get()))
                : changes.apply(deadline, pieces, edit, Optional.empty());
        for (int part = 0; part < bundle.size(); part++) {
            List<Integer> indices = bundle.get(part).indices();
            for (int i = 0; i < indices.size(); i++) {
                answers.set(indices.get(i), done.get(part).answers().get(i));
            }
        }
        return done.get(0).left();
    }
}
