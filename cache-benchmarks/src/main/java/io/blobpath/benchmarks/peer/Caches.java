package io.blobpath.benchmarks.peer;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.lmdb.LmdbOptions;
import java.nio.file.Path;
import java.time.Duration;

/** Our own caches. */
public final class Caches {
    /** A busy machine shall make a run slow and not end it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Caches() {}

    /** Opens one in an existing directory, with the LMDB driver's defaults. */
    public static BlobPathCache open(Path directory) {
        return BlobPathCaches.open(CacheConfig.of(LmdbOptions.of(directory)).withOperationTimeout(PATIENCE));
    }
}
