package io.blobpath.cache;

import java.util.Objects;

/**
 * What a put decided.
 *
 * @param added whether the path is new; {@code false} if it was recorded already
 * @param canonical the digest's canonical path after the put: the path itself if it was the first
 */
public record PutResult(boolean added, BlobPath canonical) {
    /** Refuses null. */
    public PutResult {
        Objects.requireNonNull(canonical, "canonical");
    }
}
