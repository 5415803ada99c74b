package io.blobpath.store.task;

import java.util.List;

/**
 * How a task holds one node of the tree of resources. Whoever holds something below a node declares that on the node, so that
 * two tasks conflict exactly if they conflict on some node. The matrix is that of Gray, Lorie, Putzolu and Traiger,
 * "Granularity of Locks in a Shared Data Base" (1975).
 */
enum LockMode {
    /** Something below is shared. */
    INTENT_SHARED(0),
    /** Something below is exclusive. */
    INTENT_EXCLUSIVE(1),
    /** All of it is shared. */
    SHARED(2),
    /** All of it is shared, and something below is exclusive. */
    SHARED_INTENT_EXCLUSIVE(3),
    /** All of it is exclusive. */
    EXCLUSIVE(4);

    /** How many there are. */
    static final int COUNT = 5;

    private static final List<LockMode> AGAINST_INTENT_SHARED = List.of(EXCLUSIVE);
    private static final List<LockMode> AGAINST_INTENT_EXCLUSIVE = List.of(SHARED, SHARED_INTENT_EXCLUSIVE, EXCLUSIVE);
    private static final List<LockMode> AGAINST_SHARED = List.of(INTENT_EXCLUSIVE, SHARED_INTENT_EXCLUSIVE, EXCLUSIVE);
    private static final List<LockMode> AGAINST_BOTH =
            List.of(INTENT_EXCLUSIVE, SHARED, SHARED_INTENT_EXCLUSIVE, EXCLUSIVE);
    private static final List<LockMode> ALL = List.of(values());

    /** Its place in a list of all; the larger of two is the stronger, but for {@link #SHARED} and intent. */
    final int index;

    LockMode(int index) {
        this.index = index;
    }

    /** The modes that exclude this one. */
    List<LockMode> conflicts() {
        return switch (this) {
            case INTENT_SHARED -> AGAINST_INTENT_SHARED;
            case INTENT_EXCLUSIVE -> AGAINST_INTENT_EXCLUSIVE;
            case SHARED -> AGAINST_SHARED;
            case SHARED_INTENT_EXCLUSIVE -> AGAINST_BOTH;
            case EXCLUSIVE -> ALL;
        };
    }

    /** The weakest mode that is both. */
    LockMode and(LockMode other) {
        LockMode stronger = index >= other.index ? this : other;
        LockMode weaker = stronger == this ? other : this;
        return stronger == SHARED && weaker == INTENT_EXCLUSIVE ? SHARED_INTENT_EXCLUSIVE : stronger;
    }

    /** What is declared on the nodes above. */
    LockMode intent() {
        return this == SHARED ? INTENT_SHARED : INTENT_EXCLUSIVE;
    }
}
