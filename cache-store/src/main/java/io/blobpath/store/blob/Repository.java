package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.BlobInUseException;
import io.blobpath.store.BlobUnknownException;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes of one repository that need a session: those of its index, and removals. */
final class Repository {
    private final StoreRoot root;
    private final FileOperations files;
    private final BlobPathCache cache;
    private final Sessions sessions;
    private final Scratch scratch;
    private final BlobFiles blobs;
    private final RepositoryFolder folder;

    /** For a collector. */
    Repository(StoreRoot root, BlobPathCache cache, BlobStoreOptions options, Clock clock, RepositoryFolder folder) {
        this(root, cache, new Sessions(root, cache.leases(), options), new Scratch(root), folder, clock);
    }

    private Repository(
            StoreRoot root,
            BlobPathCache cache,
            Sessions sessions,
            Scratch scratch,
            RepositoryFolder folder,
            Clock clock) {
        this(root, cache, sessions, scratch, new BlobFiles(root, cache, scratch, clock), folder);
    }

    Repository(
            StoreRoot root,
            BlobPathCache cache,
            Sessions sessions,
            Scratch scratch,
            BlobFiles blobs,
            RepositoryFolder folder) {
        this.root = root;
        this.files = root.files();
        this.cache = cache;
        this.sessions = sessions;
        this.scratch = scratch;
        this.blobs = blobs;
        this.folder = folder;
    }

    /** Makes a manifest visible whose own blob is there. */
    void addManifest(ImageIndex.Entry entry, List<Documents.Reference> references) throws IOException {
        sessions.run(folder.name(), session -> {
            ImageIndex index = ImageIndex.read(files, folder.index());
            requirePresent(session, entry, references);
            index.add(entry, blobs.now());
            write(session, index);
            return entry;
        });
    }

    /** Removes a tag, or all entries of a digest; whether there was one. */
    boolean removeManifest(ManifestReference reference) throws IOException {
        return sessions.run(folder.name(), session -> {
            ImageIndex index = ImageIndex.read(files, folder.index());
            boolean removed = index.remove(reference);
            if (removed) {
                write(session, index);
            }
            return removed;
        });
    }

    /** Removes the manifests that lost their tag before this time; how many there were. */
    int dropUntagged(Instant before) throws IOException {
        return sessions.run(folder.name(), session -> {
            ImageIndex index = ImageIndex.read(files, folder.index());
            int dropped = index.dropUntagged(before);
            if (dropped > 0) {
                write(session, index);
            }
            return dropped;
        });
    }

    /** Removes a blob to which no manifest refers; whether it was there. */
    boolean removeBlob(Digest digest) throws IOException {
        return sessions.run(folder.name(), session -> {
            ImageIndex index = ImageIndex.read(files, folder.index());
            Reachability reachability = new Reachability(files, folder);
            reachability.follow(index);
            if (reachability.reaches(digest)) {
                throw new BlobInUseException("cannot remove " + digest + " from repository '" + folder.name()
                        + "': a manifest refers to it; remove the manifest first");
            }
            if (files.isGone(folder.blob(digest))) {
                blobs.forget(folder.name(), digest);
                return false;
            }
            // The record goes first: one that is left over would promise a file that is not there.
            cache.remove(digest, folder.name().blob(digest));
            session.change(folder, folder.blob(digest), files::delete);
            session.requireOpen(folder.name());
            files.sync(folder.folderOf(digest));
            return true;
        });
    }

    private void requirePresent(RepositorySession session, ImageIndex.Entry entry, List<Documents.Reference> references)
            throws IOException {
        List<Digest> missing = new ArrayList<>();
        List<Documents.Reference> all = new ArrayList<>(references);
        all.add(new Documents.Reference(entry.digest(), entry.size(), entry.mediaType(), false));
        for (Documents.Reference each : all) {
            Optional<FileState> state = present(each.digest());
            if (state.isEmpty()) {
                if (!each.elsewhere()) {
                    missing.add(each.digest());
                }
            } else if (state.get().size() != each.size()) {
                throw new InvalidContentException(
                        "cannot publish manifest " + entry.digest() + ": it says that " + each.digest() + " has "
                                + each.size() + " bytes, and it has "
                                + state.get().size(),
                        null);
            }
        }
        if (!missing.isEmpty()) {
            // Somebody who began after us may have put it aside; then it is not missing, and we are the ones who are
            // late.
            session.requireOpen(folder.name());
            throw new BlobUnknownException(
                    "cannot publish manifest " + entry.digest() + " in repository '" + folder.name()
                            + "': it refers to blobs that are not there: " + missing,
                    missing);
        }
    }

    private Optional<FileState> present(Digest digest) throws IOException {
        Path name = folder.blob(digest);
        Optional<FileState> state = blobs.look(name, digest);
        if (state.isEmpty()) {
            if (new Aside(root, folder.name()).giveBack(digest, name)) {
                // On the disk before an index that refers to it.
                files.sync(folder.folderOf(digest));
            }
            state = blobs.look(name, digest);
        }
        return state;
    }

    private void write(RepositorySession session, ImageIndex index) throws IOException {
        Path file = scratch.write(index.bytes());
        try {
            keepPermissions(file);
            session.change(folder, folder.index(), through -> files.rename(file, through));
        } catch (IOException | RuntimeException e) {
            if (e instanceof NoSuchFileException gone && scratch.isExpired(gone)) {
                // This process was stopped for so long that the index is stale by now.
                throw new RepositorySession.LostException(folder.name());
            }
            scratch.discard(file, e);
            throw e;
        }
        files.sync(folder.path());
    }

    /** The new index is for those who could read the old one, who may be users of other tools. */
    private void keepPermissions(Path file) throws IOException {
        FileState mine = files.stat(file);
        try {
            FileState old = files.stat(folder.index());
            if (old.isRegular() && old.user() == mine.user() && old.group() == mine.group()) {
                files.setPermissions(file, old.permissions());
            }
        } catch (NoSuchFileException e) {
            // There is no old one.
        }
    }
}
