package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.function.BiFunction;

/**
 * What is done to each path of a piece.
 *
 * @param step does it to the draft
 * @param mayPromote whether the smallest duplicates must be known when the canonical path is among the paths
 * @param blind whether it may be tried as if no path but the canonical one were there: the writes tell if that is wrong
 */
record Edit<R>(BiFunction<Draft, BlobPath, R> step, boolean mayPromote, boolean blind) {
    static final Edit<PutResult> PUT = new Edit<>(Draft::put, false, true);
    static final Edit<RemoveResult> REMOVE = new Edit<>(Draft::remove, true, false);
    static final Edit<Boolean> PROMOTE = new Edit<>(Draft::promote, false, false);
}
