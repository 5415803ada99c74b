package io.blobpath.store.index;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Tells whether a walk over the disk would find a blob at a path, by the same rules, without walking. */
final class DiskTruth {
    private final StoreRoot root;

    DiskTruth(StoreRoot root) {
        this.root = root;
    }

    /**
     * Whether the blob is there: a plain file in the folder of its digest, in a layout, and not behind a symbolic link.
     *
     * @throws IOException if the system could not tell
     */
    boolean has(Digest digest, BlobPath path) throws IOException {
        if (!StoreLayout.isBlob(digest, path)) {
            return false;
        }
        Path file = root.resolve(path);
        try {
            FileState state = root.files().stat(file);
            return state.isRegular()
                    && (state.size() > 0
                            || BlobHashes.ofNothing(digest.algorithm()).equals(digest))
                    && isInLayout(file);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean isInLayout(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a blob lies in a folder");
        Path layout = root.path().resolve(folder.resolve("../..")).normalize();
        root.files().stat(layout.resolve(StoreLayout.MARKER));
        return root.files().realPath(folder).equals(folder);
    }
}
