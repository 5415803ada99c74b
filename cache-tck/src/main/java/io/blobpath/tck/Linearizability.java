package io.blobpath.tck;

import io.blobpath.cache.BlobPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether some order of the calls of a history explains all answers: one after the other, each between its call and
 * its return (Herlihy and Wing, 1990). The search is that of Wing and Gong (1993): take a call that no other one precedes, and
 * go on if the model answers the same; with Lowe's memory (2017) of what was tried in vain.
 */
final class Linearizability {
    /** The calls are bits of a long. */
    private static final int MOST_CALLS = Long.SIZE;

    private final List<Operation> calls;
    private final Set<Tried> inVain = new HashSet<>();

    private record Tried(long taken, List<BlobPath> listing) {}

    private Linearizability(List<Operation> calls) {
        this.calls = calls;
    }

    /** Whether the calls on one digest, which was absent before, are linearizable. */
    static boolean explains(List<Operation> calls) {
        if (calls.size() > MOST_CALLS) {
            throw new IllegalArgumentException(calls.size() + " calls on one digest are too many");
        }
        return new Linearizability(calls).search(0, List.of());
    }

    private boolean search(long taken, List<BlobPath> listing) {
        long firstReturn = firstReturn(taken);
        if (firstReturn == Operation.NEVER) {
            return true; // What is left may have come to nothing.
        }
        if (!inVain.add(new Tried(taken, listing))) {
            return false;
        }
        for (int i = 0; i < calls.size(); i++) {
            Operation call = calls.get(i);
            if (!taken(taken, i) && call.called() < firstReturn) {
                Action.Step step = call.action().expected(listing, call.path());
                if (call.isAnsweredBy(step.answer()) && search(taken | 1L << i, step.listing())) {
                    return true;
                }
            }
        }
        return false;
    }

    private long firstReturn(long taken) {
        long first = Operation.NEVER;
        for (int i = 0; i < calls.size(); i++) {
            if (!taken(taken, i)) {
                first = Math.min(first, calls.get(i).returned());
            }
        }
        return first;
    }

    private static boolean taken(long taken, int call) {
        return (taken >>> call & 1) == 1;
    }
}
