package io.blobpath.store.blob;

import io.blobpath.store.Problems;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.LinkCounter;
import java.util.EnumMap;
import java.util.Map;

/** Adds up what a collection does. */
final class GcTally {
    private final LinkCounter removedLinks = new LinkCounter();
    private final Map<KeepReason, Long> kept = new EnumMap<>(KeepReason.class);
    private final boolean applied;
    private long repositories;
    private long untagged;
    private long candidates;
    private long candidateBytes;
    private long removed;
    private long removedBytes;
    private long bytesFreed;
    private long leftovers;
    private long leftoverBytes;

    GcTally(boolean applied) {
        this.applied = applied;
    }

    void repository() {
        repositories++;
    }

    void untagged(long count) {
        untagged += count;
    }

    void kept(KeepReason reason) {
        kept.merge(reason, 1L, Long::sum);
    }

    void candidate(long size) {
        candidates++;
        candidateBytes += size;
    }

    /** A name of this file is gone, or would be; the state is the one before. */
    void removed(FileState state) {
        removed++;
        removedBytes += state.size();
        boolean last = applied ? state.links() == 1 : removedLinks.meet(state.key()) == state.links();
        if (last) {
            bytesFreed += state.size();
        }
    }

    void leftover(FileState state) {
        leftovers++;
        leftoverBytes += state.size();
    }

    long removed() {
        return removed;
    }

    GcReport report(Problems problems) {
        return new GcReport(
                applied,
                repositories,
                untagged,
                kept,
                candidates,
                candidateBytes,
                removed,
                removedBytes,
                bytesFreed,
                leftovers,
                leftoverBytes,
                problems);
    }
}
