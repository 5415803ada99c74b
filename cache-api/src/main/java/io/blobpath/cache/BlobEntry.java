package io.blobpath.cache;

import java.util.List;
import java.util.Objects;

/**
 * A digest with its canonical path and the first of its duplicates, read in one atomic step.
 *
 * @param digest which blob
 * @param canonical the first path recorded, or the one promoted since
 * @param duplicates other paths in byte order, as many as were asked for
 * @param complete whether {@code duplicates} has all of them; if not, {@link BlobPathCache#paths} lists the rest
 */
public record BlobEntry(Digest digest, BlobPath canonical, List<BlobPath> duplicates, boolean complete) {
    /** Refuses null and copies the list. */
    public BlobEntry {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(canonical, "canonical");
        duplicates = List.copyOf(duplicates);
    }
}
