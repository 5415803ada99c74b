package io.blobpath.store.task;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of resources, with one line of claims for each mode, in order of arrival.
 *
 * <p>A claim is granted when no conflicting claim came before it, whether that one is granted or not: nobody is overtaken by
 * somebody who conflicts with him. Only the heads of the lines matter for that, so neither entering nor leaving depends on how
 * many wait; and within a line those who are granted stand before those who are not.
 */
final class LockNode {
    final String key;
    private final @Nullable Line[] lines = new @Nullable Line[LockMode.COUNT];
    private int claims;

    LockNode(String key) {
        this.key = key;
    }

    private static final class Line {
        @Nullable
        LockClaim first;

        @Nullable
        LockClaim last;

        @Nullable
        LockClaim firstWaiting;
    }

    /** Queues up at the end; whether the claim is granted at once. */
    boolean enter(LockClaim claim) {
        Line line = lines[claim.mode.index];
        if (line == null) {
            line = new Line();
            lines[claim.mode.index] = line;
        }
        claim.before = line.last;
        if (line.last == null) {
            line.first = claim;
        } else {
            line.last.behind = claim;
        }
        line.last = claim;
        claims++;
        if (obstacle(claim) == null) {
            return true;
        }
        if (line.firstWaiting == null) {
            line.firstWaiting = claim;
        }
        return false;
    }

    /** Leaves, granted or not, and tells whose request is complete now. */
    void leave(LockClaim claim, Consumer<LockRequest> complete) {
        Line line = lines[claim.mode.index];
        if (line == null) {
            throw new IllegalStateException("nobody holds '" + key + "' in this mode");
        }
        boolean wasFirst = line.first == claim;
        unlink(line, claim);
        claims--;
        if (wasFirst) {
            for (LockMode other : claim.mode.conflicts()) {
                Line freed = lines[other.index];
                if (freed != null) {
                    grant(freed, complete);
                }
            }
        }
    }

    /** The first claim that keeps this one waiting; null if there is none. */
    @Nullable
    LockClaim obstacle(LockClaim claim) {
        for (LockMode other : claim.mode.conflicts()) {
            Line line = lines[other.index];
            LockClaim first = line == null ? null : line.first;
            if (first != null && first.request.sequence < claim.request.sequence) {
                return first;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return claims == 0;
    }

    private void grant(Line line, Consumer<LockRequest> complete) {
        LockClaim next = line.firstWaiting;
        while (next != null && obstacle(next) == null) {
            if (--next.request.missing == 0) {
                complete.accept(next.request);
            }
            next = next.behind;
        }
        line.firstWaiting = next;
    }

    private static void unlink(Line line, LockClaim claim) {
        if (line.firstWaiting == claim) {
            line.firstWaiting = claim.behind;
        }
        if (claim.before == null) {
            line.first = claim.behind;
        } else {
            claim.before.behind = claim.behind;
        }
        if (claim.behind == null) {
            line.last = claim.before;
        } else {
            claim.behind.before = claim.before;
        }
    }
}
