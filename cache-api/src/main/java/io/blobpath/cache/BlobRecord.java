package io.blobpath.cache;

import java.util.Objects;

/**
 * One fact: the blob with this digest is stored at this path.
 *
 * @param digest which blob
 * @param path where it lies
 */
public record BlobRecord(Digest digest, BlobPath path) {
    /** Refuses null. */
    public BlobRecord {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(path, "path");
    }
}
