package io.blobpath.store.blob;

import io.blobpath.cache.Digest;

/**
 * A blob that a repository has.
 *
 * @param digest which
 * @param size its length in bytes
 */
public record BlobStat(Digest digest, long size) {}
