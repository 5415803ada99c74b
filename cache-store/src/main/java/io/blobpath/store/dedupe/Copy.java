package io.blobpath.store.dedupe;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.file.FileState;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One copy of a digest as it was found.
 *
 * @param path where, below the root
 * @param file the same, as a file
 * @param state what {@code lstat} told
 */
record Copy(BlobPath path, Path file, FileState state) {
    /** What all names of one file have in common, so that only copies that agree in it may share one. */
    record Traits(int user, int group, int permissions) {
        boolean sameOwner(Traits other) {
            return user == other.user && group == other.group;
        }
    }

    Traits traits(DedupeOptions options) {
        return new Traits(state.user(), state.group(), options.ignoreMode() ? 0 : state.permissions());
    }

    Path folder() {
        return Objects.requireNonNull(file.getParent(), "a blob lies in a folder");
    }

    Copy with(FileState now) {
        return new Copy(path, file, now);
    }
}
