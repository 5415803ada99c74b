package io.blobpath.store;

import java.util.OptionalLong;

/**
 * Hears how a run goes on. The methods are called from several threads at once and must return quickly; what they throw ends
 * the run.
 */
public interface StoreListener {
    /** Hears and does nothing. */
    StoreListener NONE = new StoreListener() {};

    /**
     * A phase begins.
     *
     * @param expected how many items there will be, if known; it may be a little off
     */
    default void started(StorePhase phase, OptionalLong expected) {}

    /** So many more items, with so many bytes, are done. */
    default void advanced(StorePhase phase, long items, long bytes) {}

    /** The phase has ended well. */
    default void finished(StorePhase phase) {}

    /** Something was skipped or is wrong; each is told, also those that a report only counts. */
    default void problem(Problem problem) {}
}
