package io.blobpath.store.index;

import io.blobpath.store.Problems;

/**
 * What an index run found and did.
 *
 * @param repositories how many repositories there are
 * @param blobs how many paths hold a blob
 * @param logicalBytes their sizes added up, each path counted
 * @param added how many records are new
 * @param known how many records were there before
 * @param verified how many blobs were read and match their digest; 0 unless asked for
 * @param staleRemoved how many records were removed because their file is gone or known to be corrupt
 * @param staleKept how many records were kept though their file could not be found, because it could not be told for certain
 *     that it is gone
 * @param problems what was skipped or is wrong
 */
public record IndexReport(
        long repositories,
        long blobs,
        long logicalBytes,
        long added,
        long known,
        long verified,
        long staleRemoved,
        long staleKept,
        Problems problems) {}
