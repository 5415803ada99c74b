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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A repository in a session, so that its index may be changed and its blobs be removed. */
final class Repository {
    private final StoreRoot root;
    private final FileOperations files;
    private final BlobPathCache cache;
    private final Scratch scratch;
    private final BlobFiles blobs;
    private final RepositoryFolder folder;
    private final RepositorySession session;

    Repository(
            StoreRoot root,
            BlobPathCache cache,
            Scratch scratch,
            BlobFiles blobs,
            RepositoryFolder folder,
            RepositorySession session) {
        this.root = root;
        this.files = root.files();
        this.cache = cache;
        this.scratch = scratch;
        this.blobs = blobs;
        this.folder = folder;
        this.session = session;
    }

    /** Reads the index. */
    ImageIndex index() throws IOException {
        return ImageIndex.read(files, folder.index());
    }

    /** Adds a manifest to the index, if all that it refers to is there. */
    void add(ImageIndex index, ImageIndex.Entry entry, List<Documents.Reference> references) throws IOException {
        requirePresent(entry, references);
        syncNames(entry, references);
        index.add(entry, blobs.now());
        write(index);
    }

    /** Removes a blob to which no manifest of the index refers; whether it was there. */
    boolean remove(ImageIndex index, Digest digest) throws IOException {
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
    }

    /** The session. */
    RepositorySession session() {
        return session;
    }

    /** Writes the index. */
    void write(ImageIndex index) throws IOException {
        Path file = scratch.write(index.bytes());
        try {
            keepPermissions(file);
            session.change(folder, folder.index(), through -> files.rename(file, through));
        } catch (IOException | RuntimeException e) {
            if (e instanceof NoSuchFileException gone && scratch.isExpired(gone)) {
                // This process was stopped for so long that the index is stale by now.
                throw RepositorySession.takenOver(folder.name());
            }
            scratch.discard(file, e);
            throw e;
        }
        files.sync(folder.path());
    }

    private void requirePresent(ImageIndex.Entry entry, List<Documents.Reference> references) throws IOException {
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

    /** Of blobs that were there already: whoever gave them their names may not have synced them yet, and may never do. */
    private void syncNames(ImageIndex.Entry entry, List<Documents.Reference> references) throws IOException {
        Set<Path> folders = new HashSet<>();
        folders.add(folder.folderOf(entry.digest()));
        for (Documents.Reference each : references) {
            if (!each.elsewhere()) {
                folders.add(folder.folderOf(each.digest()));
            }
        }
        for (Path each : folders) {
            files.sync(each);
        }
    }

    private Optional<FileState> present(Digest digest) throws IOException {
        Path name = folder.blob(digest);
        Optional<FileState> state = blobs.look(name, digest);
        if (state.isEmpty()) {
            new Aside(root, folder.name()).giveBack(digest, name);
            state = blobs.look(name, digest);
        }
        return state;
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
