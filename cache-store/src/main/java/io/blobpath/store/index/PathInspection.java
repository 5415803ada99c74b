package io.blobpath.store.index;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.file.FileState;
import java.util.Objects;
import java.util.Optional;

/**
 * A recorded path and its file.
 *
 * @param path the path, below the root
 * @param presence whether there is a file
 * @param state the file, if its state could be read
 * @param detail why it could not be read; else empty
 */
public record PathInspection(BlobPath path, Presence presence, Optional<FileState> state, String detail) {
    /** Refuses null. */
    public PathInspection {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }
}
