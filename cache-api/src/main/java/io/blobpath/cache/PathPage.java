package io.blobpath.cache;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of the paths of one digest: a snapshot, which later changes do not touch.
 *
 * @param paths on the first page the canonical path, then the others in byte order
 * @param next the token of the next page; empty on the last one
 */
public record PathPage(List<BlobPath> paths, Optional<String> next) {
    /** Refuses null and copies the list. */
    public PathPage {
        paths = List.copyOf(paths);
        Objects.requireNonNull(next, "next");
    }
}
