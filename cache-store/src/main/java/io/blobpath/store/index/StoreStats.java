package io.blobpath.store.index;

import io.blobpath.store.Problems;

/**
 * What the cache knows of a store, compared with the disk.
 *
 * @param digests how many digests are recorded
 * @param paths how many paths are recorded
 * @param missing how many of these paths have no file
 * @param logicalBytes the sizes of the files added up, each path counted
 * @param physicalBytes the same, each file counted once for a digest however many paths it has
 * @param duplicateBytes what other copies of a digest take beside its largest file: the most that dedupe can free
 * @param problems files whose state could not be read
 */
public record StoreStats(
        long digests,
        long paths,
        long missing,
        long logicalBytes,
        long physicalBytes,
        long duplicateBytes,
        Problems problems) {}
