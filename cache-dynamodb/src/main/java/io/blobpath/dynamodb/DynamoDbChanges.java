package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.lease.LeaseLostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Puts, removes and promotes: reads the items concerned as they were at one moment, works out answers and changes, and writes
 * them in one transaction whose conditions are true only if the answers still are. Otherwise it starts again. (Optimistic
 * concurrency control; why it is linearizable is in {@code docs/drivers/dynamodb.md}.)
 */
final class DynamoDbChanges {
    /** So often all pieces are tried together; then each by itself, so that one that is contended does not hold up the rest. */
    private static final int ATTEMPTS_TOGETHER = 2;
    /** The first guess is made of a hint, and the second one of what refuted it. */
    private static final int GUESSES = 2;

    private final DynamoDbItems items;
    private final Writes writes;
    private final Hints hints = new Hints();

    /**
     * What was done to a piece.
     *
     * @param answers one for each path
     * @param left the head that was left behind; empty if the digest is gone
     */
    record Done<R>(List<R> answers, Optional<Head> left) {}

    DynamoDbChanges(DynamoDbItems items) {
        this.items = items;
        this.writes = new Writes(items.table(), items.keys());
    }

    /** Changes a piece of one path. */
    <R> R one(Deadline deadline, Piece piece, Edit<R> edit, Optional<Guard> guard) {
        return apply(deadline, List.of(piece), edit, guard).get(0).answers().get(0);
    }

    /** Changes the pieces, whose digests all differ. */
    <R> List<Done<R>> apply(Deadline deadline, List<Piece> pieces, Edit<R> edit, Optional<Guard> guard) {
        for (int attempt = 0; ; attempt++) {
            if (attempt == ATTEMPTS_TOGETHER && pieces.size() > 1) {
                List<Done<R>> each = new ArrayList<>();
                pieces.forEach(piece -> each.addAll(apply(deadline, List.of(piece), edit, guard)));
                return each;
            }
            Plan<R> plan = new Plan<>(edit);
            read(deadline, pieces, guard, plan);
            SdkException refusal = write(deadline, plan.changes, guard);
            if (refusal == null) {
                return plan.done;
            }
            items.requests().pause(deadline, attempt, refusal);
        }
    }

    /**
     * Puts a path, at first without reading anything: as if the entry still had the canonical path that was seen last, or none.
     * If that is wrong, the refusal tells which one it has.
     */
    PutResult put(Deadline deadline, Digest digest, BlobPath path) {
        Piece piece = new Piece(digest, List.of(path));
        Optional<BlobPath> guess = hints.canonical(digest);
        for (int attempt = 0; attempt < GUESSES && !guess.equals(Optional.of(path)); attempt++) {
            Plan<PutResult> plan = new Plan<>(Edit.PUT);
            plan.add(piece, new Draft(guess.map(Head::guessed), Set.of()));
            SdkException refusal = write(deadline, plan.changes, Optional.empty());
            if (refusal == null) {
                return told(digest, plan.done.get(0).answers().get(0));
            }
            Optional<Map<String, AttributeValue>> found = DynamoDbErrors.refuted(refusal, 0);
            if (found.isEmpty()) {
                break;
            }
            guess = Head.of(found.get()).map(Head::canonical);
            if (guess.equals(Optional.of(path))) {
                return told(digest, new PutResult(false, path));
            }
        }
        return told(digest, one(deadline, piece, Edit.PUT, Optional.empty()));
    }

    /** Takes note of a canonical path that was read, for the next put. */
    void saw(Digest digest, BlobPath canonical) {
        hints.saw(digest, canonical);
    }

    /**
     * Changes a piece, first without reading anything: as if the head were this one and no other path were there. The
     * conditions of the writes find out if that is wrong.
     */
    <R> Done<R> applyBlind(Deadline deadline, Piece piece, Edit<R> edit, Head guess) {
        Plan<R> plan = new Plan<>(edit);
        plan.add(piece, new Draft(Optional.of(guess), Set.of()));
        boolean told = !plan.changes.isEmpty() && write(deadline, plan.changes, Optional.empty()) == null;
        return told
                ? plan.done.get(0)
                : apply(deadline, List.of(piece), edit, Optional.empty()).get(0);
    }

    private PutResult told(Digest digest, PutResult answer) {
        hints.saw(digest, answer.canonical());
        return answer;
    }

    private void read(Deadline deadline, List<Piece> pieces, Optional<Guard> guard, Plan<?> plan) {
        Iterator<Map<String, AttributeValue>> read =
                items.snapshot(deadline, keys(pieces, guard)).iterator();
        if (guard.isPresent() && !guard.get().holds(read.next())) {
            throw new LeaseLostException("the lease is not this owner's any more");
        }
        pieces.forEach(piece -> plan.add(piece, draft(deadline, piece, read, plan.edit)));
    }

    private List<Map<String, AttributeValue>> keys(List<Piece> pieces, Optional<Guard> guard) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        guard.ifPresent(lease -> keys.add(lease.key()));
        for (Piece piece : pieces) {
            keys.add(items.keys().head(piece.digest()));
            piece.distinct().forEach(path -> keys.add(items.keys().duplicate(piece.digest(), path)));
        }
        return keys;
    }

    private Draft draft(Deadline deadline, Piece piece, Iterator<Map<String, AttributeValue>> read, Edit<?> edit) {
        Optional<Head> head = Head.of(read.next());
        Set<BlobPath> known = new HashSet<>();
        for (BlobPath path : piece.distinct()) {
            if (!read.next().isEmpty()) {
                known.add(path);
            }
        }
        if (head.isEmpty()
                || !edit.mayPromote()
                || !piece.paths().contains(head.get().canonical())) {
            return new Draft(head, known);
        }
        // A promotion pins the version, so what is read here counts only if it is as old as the head.
        int enough = (int) Math.min(head.get().duplicates(), piece.distinct().size());
        if (known.size() < head.get().duplicates()) {
            known.addAll(items.duplicates(deadline, piece.digest(), Optional.empty(), enough));
        }
        return new Draft(head, known);
    }

    private @Nullable SdkException write(Deadline deadline, List<TransactWriteItem> changes, Optional<Guard> guard) {
        if (changes.isEmpty()) {
            return null;
        }
        guard.ifPresent(lease -> changes.add(lease.check(items.table())));
        try {
            items.write(deadline, changes, UUID.randomUUID().toString());
            return null;
        } catch (SdkException e) {
            return e;
        }
    }

    /** Answers and writes for some drafts. */
    private final class Plan<R> {
        private final Edit<R> edit;
        private final String version = UUID.randomUUID().toString();
        private final List<Done<R>> done = new ArrayList<>();
        private final List<TransactWriteItem> changes = new ArrayList<>();

        Plan(Edit<R> edit) {
            this.edit = edit;
        }

        void add(Piece piece, Draft draft) {
            List<R> answers = piece.paths().stream()
                    .map(path -> edit.step().apply(draft, path))
                    .toList();
            done.add(new Done<>(answers, draft.after(version)));
            changes.addAll(writes.of(piece.digest(), draft, version));
        }
    }
}
