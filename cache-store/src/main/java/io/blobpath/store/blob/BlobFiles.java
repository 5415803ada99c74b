package io.blobpath.store.blob;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.store.StoreLayout;
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
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings blobs under their names. A name appears whole, with a young file, in one step. Nothing here needs the repository's
 * lease: what is added can do no harm.
 */
final class BlobFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BlobFiles.class);

    /** How many stale records of a digest are mended for one upload. */
    private static final int RECORDS = 8;

    /** What came of a link to another copy. */
    private enum Linked {
        DONE,
        NOT_SOUND,
        FULL
    }

    private final StoreRoot root;
    private final FileOperations files;
    private final BlobPathCache cache;
    private final Scratch scratch;
    private final Clock clock;

    BlobFiles(StoreRoot root, BlobPathCache cache, Scratch scratch, Clock clock) {
        this.root = root;
        this.files = root.files();
        this.cache = cache;
        this.scratch = scratch;
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

    private void record(RepositoryName name, Digest digest) {
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

    /**
     * Gives the blob its name, with the received file or with one of the same content that the store has elsewhere, whose bytes
     * were read and match. The received file is gone afterwards.
     */
    void place(RepositoryFolder folder, Digest digest, Path received) throws IOException {
        try {
            Linked linked = isThere(folder, digest) ? Linked.DONE : linkExisting(folder, digest, files.stat(received));
            if (linked != Linked.DONE) {
                files.sync(received);
                appear(received, folder, digest);
            }
            record(folder.name(), digest);
            files.delete(received);
            if (linked == Linked.FULL) {
                prefer(folder, digest);
            }
        } catch (NoSuchFileException e) {
            throw scratch.expired(digest, received, e);
        } catch (IOException | RuntimeException e) {
            scratch.discard(received, e);
            throw e;
        }
    }

    /**
     * Gives the blob its name with the file of a repository that the cache knows, if its bytes were read and match; whether there
     * was one.
     */
    boolean adopt(RepositoryFolder folder, Digest digest) throws IOException {
        Optional<Path> other = recorded(folder, digest);
        if (other.isEmpty()) {
            return false;
        }
        folder.make(digest, scratch);
        Linked linked = link(other.get(), digest, Optional.empty(), folder);
        if (linked == Linked.DONE) {
            record(folder.name(), digest);
        } else if (linked == Linked.FULL) {
            duplicate(other.get(), files.stat(other.get()), folder, digest);
            prefer(folder, digest);
        }
        return linked != Linked.NOT_SOUND;
    }

    /** Gives the blob its name with the file of another repository; whether that was there. */
    boolean mount(RepositoryFolder from, RepositoryFolder to, Digest digest) throws IOException {
        Optional<FileState> source = look(from.blob(digest), digest);
        if (source.isEmpty()) {
            forget(from.name(), digest);
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
            appear(name, to, digest);
            record(to.name(), digest);
        } catch (TooManyLinksException e) {
            if (linkExisting(to, digest, state) == Linked.DONE) {
                record(to.name(), digest);
            } else {
                duplicate(source, state, to, digest);
                prefer(to, digest);
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
            appear(name, to, digest);
            record(to.name(), digest);
        } catch (IOException | RuntimeException e) {
            scratch.discard(name, e);
            throw e;
        }
    }

    /** Lets later publications link to this copy: the one before has as many names as the file system allows. */
    private void prefer(RepositoryFolder folder, Digest digest) {
        try (DigestLease lease =
                cache.leases().tryAcquire(digest, LeaseOptions.DEFAULT).orElse(null)) {
            if (lease != null) {
                lease.promote(folder.name().blob(digest));
            }
        } catch (LeaseLostException e) {
            LOG.debug("another node decides which copy of {} comes first: {}", digest, e.toString());
        }
    }

    private boolean isThere(RepositoryFolder folder, Digest digest) throws IOException {
        Path file = folder.blob(digest);
        try {
            Optional<FileState> state = look(file, digest);
            return state.isPresent()
                    && BlobHashes.verify(files, digest, file, state.get()) == Verdict.MATCHES
                    && refresh(file, state.get());
        } catch (NoSuchFileException e) {
            // Collected since it was looked at.
            return false;
        }
    }

    private Linked linkExisting(RepositoryFolder folder, Digest digest, FileState like) throws IOException {
        Optional<Path> other = recorded(folder, digest);
        return other.isPresent() ? link(other.get(), digest, Optional.of(like), folder) : Linked.NOT_SOUND;
    }

    /** The copy that the cache knows in another repository; stale records on the way are mended. */
    private Optional<Path> recorded(RepositoryFolder folder, Digest digest) {
        for (int i = 0; i < RECORDS; i++) {
            Optional<BlobPath> canonical = cache.canonical(digest);
            if (canonical.isEmpty()
                    || canonical.get().equals(folder.name().blob(digest))
                    || !StoreLayout.isBlob(digest, canonical.get())) {
                return Optional.empty();
            }
            Path other = root.resolve(canonical.get());
            if (!files.isGone(other)) {
                return Optional.of(other);
            }
            cache.remove(digest, canonical.get());
        }
        return Optional.empty();
    }

    private Linked link(Path other, Digest digest, Optional<FileState> like, RepositoryFolder folder)
            throws IOException {
        Path name = scratch.newName();
        try {
            if (isLinked(name, other, digest, like)) {
                appear(name, folder, digest);
                return Linked.DONE;
            }
            files.delete(name);
            return Linked.NOT_SOUND;
        } catch (TooManyLinksException e) {
            return Linked.FULL;
        } catch (IOException | RuntimeException e) {
            scratch.discard(name, e);
            throw e;
        }
    }

    /** Links to the other copy if it is sound, and as open as this file. A failure to use it costs the saving, not the upload. */
    private boolean isLinked(Path name, Path other, Digest digest, Optional<FileState> like)
            throws TooManyLinksException {
        try {
            FileState state = files.stat(other);
            if (!state.isRegular()
                    || like.filter(wanted -> !isAsOpen(state, wanted)).isPresent()
                    || !files.realPath(other).equals(other)
                    || BlobHashes.verify(files, digest, other, state) != Verdict.MATCHES) {
                return false;
            }
            files.link(name, other);
            return files.stat(name).hasContentOf(state);
        } catch (TooManyLinksException e) {
            throw e;
        } catch (NoSuchFileException | OtherFileSystemException e) {
            return false;
        } catch (IOException e) {
            LOG.warn("the copy of {} at '{}' is not used: {}", digest, other, e.toString());
            return false;
        }
    }

    private static boolean isAsOpen(FileState state, FileState wanted) {
        return state.mode() == wanted.mode() && state.user() == wanted.user() && state.group() == wanted.group();
    }

    /** Renames a file to the blob's name, young. */
    private void appear(Path file, RepositoryFolder folder, Digest digest) throws IOException {
        files.setModified(file, FileTime.from(now()));
        files.rename(file, folder.blob(digest));
        files.sync(folder.folderOf(digest));
        // A rename to another name of the same file does nothing.
        files.delete(file);
    }

    /** Makes the file young; whether it still has its name afterwards. */
    private boolean refresh(Path file, FileState state) throws IOException {
        try {
            files.setModified(file, FileTime.from(now()));
            return files.stat(file).key().equals(state.key());
        } catch (NoSuchFileException e) {
            return false;
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

    Instant now() {
        return clock.instant();
    }
}
