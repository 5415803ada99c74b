package io.blobpath.store.index;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.Objects;

/**
 * One way in which the records differ from the disk.
 *
 * @param kind which way
 * @param digest the blob
 * @param path where its file or its record says that it is
 */
public record Difference(Kind kind, Digest digest, BlobPath path) {
    /** Which of the two has what the other has not. */
    public enum Kind {
        /** The disk has a blob without a record, which is added. */
        UNRECORDED,
        /** A record has no such blob on the disk, and is removed. */
        STALE
    }

    /** Refuses null. */
    public Difference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(path, "path");
    }
}
