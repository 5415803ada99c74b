package io.blobpath.store.dedupe;

import io.blobpath.store.Problems;

/**
 * What an undo did, or would do.
 *
 * @param applied whether files were changed
 * @param shared how many paths shared their file with others
 * @param copied how many paths were given a copy of their own, or would be
 * @param bytesNeeded what the copies take on disk, counted in whole blocks
 * @param bytesUsable what the file system had left before
 * @param problems which paths were skipped and why
 */
public record UndoReport(
        boolean applied, long shared, long copied, long bytesNeeded, long bytesUsable, Problems problems) {}
