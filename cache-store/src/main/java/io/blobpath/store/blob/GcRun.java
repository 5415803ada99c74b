package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreRoot;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * What all parts of one collection share.
 *
 * @param limit what was changed before is old
 * @param untagged manifests that lost their tag before this time go
 */
record GcRun(
        StoreRoot root,
        BlobPathCache cache,
        RepositoryUpdates updates,
        BlobFiles blobs,
        FileTime limit,
        Instant untagged,
        boolean apply,
        Pace pace,
        GcTally tally,
        ProblemLog problems) {}
