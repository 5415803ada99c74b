package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Paths of one digest that are put or removed in one transaction.
 *
 * @param digest which digest
 * @param paths its paths in the order of the batch; one may occur twice
 */
record Piece(Digest digest, List<BlobPath> paths) {
    Set<BlobPath> distinct() {
        return new TreeSet<>(paths);
    }
}
