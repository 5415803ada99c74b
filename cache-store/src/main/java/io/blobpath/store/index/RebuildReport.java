package io.blobpath.store.index;

import io.blobpath.store.Problems;
import java.util.List;

/**
 * How the records differed from the disk.
 *
 * @param applied whether they were mended
 * @param repositories how many repositories there are
 * @param blobs how many paths hold a blob
 * @param unrecorded how many of them had no record
 * @param stale how many records had no such blob
 * @param kept how many records stay because it could not be told whether their blob is there; they are among the problems
 * @param differences the first {@link #MAX_NAMED} of those that are unrecorded or stale
 * @param problems what was skipped or is wrong
 */
public record RebuildReport(
        boolean applied,
        long repositories,
        long blobs,
        long unrecorded,
        long stale,
        long kept,
        List<Difference> differences,
        Problems problems) {
    /** How many a report names, so that its size is bounded. */
    public static final int MAX_NAMED = 1000;

    /** Copies the list. */
    public RebuildReport {
        differences = List.copyOf(differences);
    }
}
