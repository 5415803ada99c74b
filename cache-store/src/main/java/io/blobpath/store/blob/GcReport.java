package io.blobpath.store.blob;

import io.blobpath.store.Problems;
import java.util.Map;

/**
 * What a collection found and did. In a dry run what would go is counted as if it had gone.
 *
 * @param applied whether it removed anything, or was a dry run
 * @param repositories how many repositories were collected
 * @param untagged how many manifests were let go because their tag moved to another one long ago
 * @param kept how many blobs stay, by reason; reasons without any are absent
 * @param candidates how many blobs no manifest refers to, and were old enough when they were found
 * @param candidateBytes their sizes
 * @param removed how many blobs are gone from their repository
 * @param removedBytes their sizes
 * @param bytesFreed what that frees on disk: a file that another repository has too stays
 * @param leftovers how many dead uploads and other temporary files are gone
 * @param leftoverBytes their sizes
 * @param problems what could not be collected, or looked at
 */
public record GcReport(
        boolean applied,
        long repositories,
        long untagged,
        Map<KeepReason, Long> kept,
        long candidates,
        long candidateBytes,
        long removed,
        long removedBytes,
        long bytesFreed,
        long leftovers,
        long leftoverBytes,
        Problems problems) {
    /** Copies the reasons. */
    public GcReport {
        kept = Map.copyOf(kept);
    }
}
