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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a blob its name with a file that the store has in another repository, if the bytes of that were read and match. */
final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /** How many stale records of a digest are mended for one upload. */
    private static final int RECORDS = 8;

    /**
     * How often a copy is read. Whoever asks for a popular blob makes it young, and whoever links to it changes it as well, just
     * while it is read.
     */
    private static final int LOOKS = 3;

    /** What came of a link to another copy. */
    enum Linked {
        DONE,
        NOT_SOUND,
        FULL
    }

    private final StoreRoot root;
    private final FileOperations files;
    private final BlobPathCache cache;
    private final Scratch scratch;
    private final BlobFiles blobs;

    Links(StoreRoot root, BlobPathCache cache, Scratch scratch, BlobFiles blobs) {
        this.root = root;
        this.files = root.files();
        this.cache = cache;
        this.scratch = scratch;
        this.blobs = blobs;
    }

    /** Links to the copy that the cache knows in another repository, if that is as open as this file. */
    Linked linkToRecorded(RepositoryFolder folder, Digest digest, FileState like) throws IOException {
        Optional<Path> other = recorded(folder, digest);
        return other.isPresent() ? link(other.get(), digest, Optional.of(like), folder) : Linked.NOT_SOUND;
    }

    /** The copy that the cache knows in another repository; stale records on the way are mended. */
    Optional<Path> recorded(RepositoryFolder folder, Digest digest) {
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

    /** Links to this copy, if it is sound, and as open as the file, if there is one. */
    Linked link(Path other, Digest digest, Optional<FileState> like, RepositoryFolder folder) throws IOException {
        Path name = scratch.newName();
        try {
            if (isLinked(name, other, digest, like)) {
                blobs.appear(name, folder, digest);
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
            Verdict verdict = Verdict.CHANGED;
            for (int i = 0; i < LOOKS && verdict == Verdict.CHANGED; i++) {
                verdict = tryLink(name, other, digest, like);
            }
            return verdict == Verdict.MATCHES;
        } catch (TooManyLinksException e) {
            throw e;
        } catch (NoSuchFileException | OtherFileSystemException e) {
            return false;
        } catch (IOException e) {
            LOG.warn("the copy of {} at '{}' is not used: {}", digest, other, e.toString());
            return false;
        }
    }

    private Verdict tryLink(Path name, Path other, Digest digest, Optional<FileState> like) throws IOException {
        FileState state = files.stat(other);
        if (!state.isRegular()
                || like.filter(wanted -> !isAsOpen(state, wanted)).isPresent()
                || !files.realPath(other).equals(other)) {
            return Verdict.DIFFERS;
        }
        Verdict verdict = BlobHashes.verify(files, digest, other, state);
        if (verdict == Verdict.MATCHES) {
            files.link(name, other);
            if (!files.stat(name).hasContentOf(state)) {
                files.delete(name);
                return Verdict.CHANGED;
            }
        }
        return verdict;
    }

    private static boolean isAsOpen(FileState state, FileState wanted) {
        return state.mode() == wanted.mode() && state.user() == wanted.user() && state.group() == wanted.group();
    }

    /** Lets later publications link to this copy: the one before has as many names as the file system allows. */
    void prefer(RepositoryFolder folder, Digest digest) {
        try (DigestLease lease =
                cache.leases().tryAcquire(digest, LeaseOptions.DEFAULT).orElse(null)) {
            if (lease != null) {
                lease.promote(folder.name().blob(digest));
            }
        } catch (LeaseLostException e) {
            LOG.debug("another node decides which copy of {} comes first: {}", digest, e.toString());
        }
    }
}
