package io.blobpath.store.blob;

import io.blobpath.store.Problems;

/**
 * What was verified.
 *
 * @param repositories how many repositories there are
 * @param manifests how many manifests were followed, each once for each repository that has it
 * @param references how many times one of them, or an index, refers to a blob
 * @param records how many records the cache has
 * @param blobs how many paths hold a blob
 * @param bytes their sizes, each path counted
 * @param read how many files of blobs were read, each once however many paths it has
 * @param readBytes their sizes
 * @param complete whether all that was asked for was done before the time was over
 * @param problems what is wrong, each with what to do
 */
public record VerifyReport(
        long repositories,
        long manifests,
        long references,
        long records,
        long blobs,
        long bytes,
        long read,
        long readBytes,
        boolean complete,
        Problems problems) {}
