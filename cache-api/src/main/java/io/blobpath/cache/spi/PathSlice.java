package io.blobpath.cache.spi;

import io.blobpath.cache.BlobPath;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A piece of the paths of one digest, read in one snapshot.
 *
 * @param canonical the digest's canonical path at that moment; empty if the digest is absent
 * @param ascending paths in byte order, the canonical one among them in its place by that order
 */
public record PathSlice(Optional<BlobPath> canonical, List<BlobPath> ascending) {
    /** Refuses null and copies the list. */
    public PathSlice {
        Objects.requireNonNull(canonical, "canonical");
        ascending = List.copyOf(ascending);
    }
}
