package io.blobpath.store.dedupe;

import io.blobpath.store.Problems;
import io.blobpath.store.index.IndexReport;

/**
 * What a dedupe run did, or would do.
 *
 * @param applied whether files were changed
 * @param index what the index run before found, its problems with it
 * @param logicalBytes the sizes of all blobs, each path counted
 * @param physicalBytesBefore the same, each file counted once for a digest however many paths it has, before
 * @param physicalBytesAfter the same after: less by what was freed
 * @param duplicates how many digests have several paths
 * @param alreadyLinked how many paths shared a file with another path of their digest before
 * @param linked how many paths were given the file of another path, or would be
 * @param bytesFreed what that frees: the sizes of files whose last name was replaced
 * @param problems which paths were skipped and why
 */
public record DedupeReport(
        boolean applied,
        IndexReport index,
        long logicalBytes,
        long physicalBytesBefore,
        long physicalBytesAfter,
        long duplicates,
        long alreadyLinked,
        long linked,
        long bytesFreed,
        Problems problems) {}
