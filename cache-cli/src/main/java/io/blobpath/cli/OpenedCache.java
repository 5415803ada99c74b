package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A cache that is open for one command.
 *
 * @param cache the cache
 * @param scratch the folder to delete behind it; empty unless the cache was made for this command only
 */
record OpenedCache(BlobPathCache cache, Optional<Path> scratch) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        cache.close();
        if (scratch.isPresent()) {
            FileTree.delete(scratch.get());
        }
    }
}
