package io.blobpath.store;

import java.util.List;
import java.util.Map;

/**
 * All problems of a run: how many of each kind, and the first {@link #MAX_NAMED} by name. The others were told to the
 * {@link StoreListener}.
 *
 * @param counts how many there were of each kind; kinds without any are absent
 * @param named the first ones
 */
public record Problems(Map<ProblemKind, Long> counts, List<Problem> named) {
    /** How many a report names, so that its size is bounded. */
    public static final int MAX_NAMED = 10_000;

    /** Copies both. */
    public Problems {
        counts = Map.copyOf(counts);
        named = List.copyOf(named);
    }

    /** How many there were of this kind. */
    public long count(ProblemKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** How many there were of all kinds. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many need an operator: those whose kind {@link ProblemKind#isError is an error}. */
    public long errors() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isError())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
