package io.blobpath.store;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.List;

/**
 * What a {@link BlobSource} is asked for.
 *
 * @param digest which blob
 * @param offset the first byte that is missing here; a source that cannot begin there begins before it, such as at 0
 * @param copies where others say that they have the bytes, for sources that can ask a peer; a hint, and often empty
 */
public record BlobRequest(Digest digest, long offset, List<BlobPath> copies) {
    /** Copies the list, and refuses a negative offset. */
    public BlobRequest {
        if (offset < 0) {
            throw new IllegalArgumentException("offset was " + offset + " but it must not be negative");
        }
        copies = List.copyOf(copies);
    }
}
