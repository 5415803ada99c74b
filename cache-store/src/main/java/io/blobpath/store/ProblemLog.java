package io.blobpath.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects the problems of a run and tells the listener each one. Any thread may report. */
public final class ProblemLog {
    private final StoreListener listener;
    private final Map<ProblemKind, Long> counts = new EnumMap<>(ProblemKind.class);
    private final List<Problem> named = new ArrayList<>();

    /** An empty log. */
    public ProblemLog(StoreListener listener) {
        this.listener = listener;
    }

    /** Adds one. */
    public void report(String path, ProblemKind kind, String detail) {
        Problem problem = new Problem(path, kind, detail);
        synchronized (this) {
            counts.merge(kind, 1L, Long::sum);
            if (named.size() < Problems.MAX_NAMED) {
                named.add(problem);
            }
        }
        listener.problem(problem);
    }

    /** What was reported so far. */
    public synchronized Problems problems() {
        return new Problems(counts, named);
    }
}
