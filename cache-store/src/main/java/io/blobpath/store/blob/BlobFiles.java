package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What is under the names of blobs. A name appears whole, with a young file, in one step. Nothing here needs the repository's
 * lease: what is added can do no harm.
 */
final class BlobFiles {
    private final StoreRoot root;
    private final FileOperations files;
    private final BlobPathCache cache;
    private final Clock clock;

    BlobFiles(StoreRoot root, BlobPathCache cache, Clock clock) {
        this.root = root;
        this.files = root.files();
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * What is there under the blob's name, after it was made young; so a collection leaves it for the grace period. A record
     * without a file is removed, if the file is gone for certain.
     */
    Optional<FileState> claim(RepositoryFolder folder, Digest digest) throws IOException {
        Optional<FileState> state = look(folder.blob(digest), digest);
        while (state.isPresent() && !refresh(folder.blob(digest), state.get())) {
            state = look(folder.blob(digest), digest);
        }
        if (state.isPresent()) {
            record(folder.name(), digest);
        } else {
            forget(folder.name(), digest);
        }
        return state;
    }

    /** Records the blob, which is there. */
    void record(RepositoryName name, Digest digest) {
        // Looking is cheaper than writing, and mostly it is there.
        if (!cache.contains(digest, name.blob(digest))) {
            cache.put(digest, name.blob(digest));
        }
    }

    /** Removes the record of a blob that is not there. */
    void forget(RepositoryName name, Digest digest) {
        if (cache.contains(digest, name.blob(digest)) && files.isGone(root.resolve(name.blob(digest)))) {
            cache.remove(digest, name.blob(digest));
        }
    }

    /** The file at this path, if it can be the blob: regular, and empty only if the digest is that of nothing. */
    Optional<FileState> look(Path file, Digest digest) throws IOException {
        try {
            FileState state = files.stat(file);
            boolean empty = state.size() == 0
                    && !BlobHashes.ofNothing(digest.algorithm()).equals(digest);
            return state.isRegular() && !empty ? Optional.of(state) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Renames a file to the blob's name, young. */
    void appear(Path file, RepositoryFolder folder, Digest digest) throws IOException {
        files.setModified(file, FileTime.from(now()));
        files.rename(file, folder.blob(digest));
        files.sync(folder.folderOf(digest));
        // A rename to another name of the same file does nothing.
        files.delete(file);
    }

    /** Makes the file young; whether it still has its name afterwards. */
    boolean refresh(Path file, FileState state) throws IOException {
        try {
            files.setModified(file, FileTime.from(now()));
            return files.stat(file).key().equals(state.key());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    Instant now() {
        return clock.instant();
    }
}
