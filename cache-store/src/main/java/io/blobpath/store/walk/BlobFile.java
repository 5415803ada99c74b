package io.blobpath.store.walk;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.file.FileSight;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A blob found on disk: a regular file whose name is a digest.
 *
 * @param digest what its name says
 * @param path where it lies, below the root
 * @param file the same, as a file
 * @param state what was seen of it
 * @param <S> how much that is
 */
public record BlobFile<S extends FileSight>(Digest digest, BlobPath path, Path file, S state) {
    /** The folder it is in. */
    public Path folder() {
        return Objects.requireNonNull(file.getParent(), "a blob lies in a folder");
    }
}
