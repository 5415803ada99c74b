package io.blobpath.store.index;

import io.blobpath.cache.Digest;
import java.util.List;

/**
 * Everything recorded about one digest, with what is on disk.
 *
 * @param digest which blob
 * @param paths the canonical path, then the others in byte order; empty if the digest is not recorded
 */
public record BlobInspection(Digest digest, List<PathInspection> paths) {
    /** Copies the list. */
    public BlobInspection {
        paths = List.copyOf(paths);
    }

    /** Whether the cache has the digest. */
    public boolean isRecorded() {
        return !paths.isEmpty();
    }
}
