package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.OtherFileSystemException;
import io.blobpath.store.file.TooManyLinksException;
import io.blobpath.store.file.Verdict;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings blobs under their names: received files, and those of other repositories, linked if possible and otherwise copied. */
final class Placement {
    private final FileOperations files;
    private final Scratch scratch;
    private final BlobFiles blobs;
    private final Links links;

    Placement(StoreRoot root, BlobPathCache cache, Scratch scratch, BlobFiles blobs) {
        this.files = root.files();
        this.scratch = scratch;
        this.blobs = blobs;
        this.links = new Links(root, cache, scratch, blobs);
    }

    /**
     * Gives the blob its name, with the received file or with one of the same content that the store has elsewhere, whose bytes
     * were read and match. The received file is gone afterwards.
     */
    void place(RepositoryFolder folder, Digest digest, Path received) throws IOException {
        try {
            Links.Linked linked = Links.Linked.DONE;
            if (isThere(folder, digest)) {
                // Whoever gave it the name may have died before it was on the disk, or may be about to sync.
                files.sync(folder.folderOf(digest));
            } else {
                linked = links.linkToRecorded(folder, digest, files.stat(received));
            }
            if (linked != Links.Linked.DONE) {
                files.sync(received);
                blobs.appear(received, folder, digest);
            }
            blobs.record(folder.name(), digest);
            files.delete(received);
            if (linked == Links.Linked.FULL) {
                links.prefer(folder, digest);
            }
        } catch (NoSuchFileException e) {
            throw scratch.expired(digest, received, e);
        } catch (IOException | RuntimeException e) {
            scratch.discard(received, e);
            throw e;
        }
    }

    private boolean isThere(RepositoryFolder folder, Digest digest) throws IOException {
        Path file = folder.blob(digest);
        try {
            Optional<FileState> state = blobs.look(file, digest);
            return state.isPresent()
                    && BlobHashes.verify(files, digest, file, state.get()) == Verdict.MATCHES
                    && blobs.refresh(file, state.get());
        } catch (NoSuchFileException e) {
            // Collected since it was looked at.
            return false;
        }
    }

    /**
     * Gives the blob its name with the file of a repository that the cache knows, if its bytes were read and match; whether there
     * was one.
     */
    boolean adopt(RepositoryFolder folder, Digest digest) throws IOException {
        Optional<Path> other = links.recorded(folder, digest);
        if (other.isEmpty()) {
            return false;
        }
        folder.make(digest, scratch);
        Links.Linked linked = links.link(other.get(), digest, Optional.empty(), folder);
        if (linked == Links.Linked.DONE) {
            blobs.record(folder.name(), digest);
        } else if (linked == Links.Linked.FULL) {
            duplicate(other.get(), files.stat(other.get()), folder, digest);
            links.prefer(folder, digest);
        }
        return linked != Links.Linked.NOT_SOUND;
    }

    /** Gives the blob its name with the file of another repository; whether that was there. */
    boolean mount(RepositoryFolder from, RepositoryFolder to, Digest digest) throws IOException {
        Optional<FileState> source = blobs.look(from.blob(digest), digest);
        if (source.isEmpty()) {
            blobs.forget(from.name(), digest);
            return false;
        }
        try {
            mount(from.blob(digest), source.get(), to, digest);
            return true;
        } catch (NoSuchFileException e) {
            // Collected since it was looked at.
            return false;
        }
    }

    private void mount(Path source, FileState state, RepositoryFolder to, Digest digest) throws IOException {
        Path name = scratch.newName();
        try {
            files.link(name, source);
            blobs.appear(name, to, digest);
            blobs.record(to.name(), digest);
        } catch (TooManyLinksException e) {
            if (links.linkToRecorded(to, digest, state) == Links.Linked.DONE) {
                blobs.record(to.name(), digest);
            } else {
                duplicate(source, state, to, digest);
                links.prefer(to, digest);
            }
        } catch (OtherFileSystemException e) {
            duplicate(source, state, to, digest);
        } catch (IOException | RuntimeException e) {
            scratch.discard(name, e);
            throw e;
        }
    }

    /** Gives the blob its name with a copy of a file. */
    private void duplicate(Path source, FileState state, RepositoryFolder to, Digest digest) throws IOException {
        Path name = scratch.newName();
        try {
            copy(source, state, digest, name);
            blobs.appear(name, to, digest);
            blobs.record(to.name(), digest);
        } catch (IOException | RuntimeException e) {
            scratch.discard(name, e);
            throw e;
        }
    }

    private void copy(Path source, FileState state, Digest digest, Path name) throws IOException {
        Verdict verdict;
        try (WritableByteChannel target = files.create(name)) {
            verdict = BlobHashes.copy(files, digest, source, state, target);
        }
        if (verdict != Verdict.MATCHES) {
            throw new IOException("cannot copy " + digest + " from '" + source + "': " + verdict);
        }
        files.sync(name);
    }
}
