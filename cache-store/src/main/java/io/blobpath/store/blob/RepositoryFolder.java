package io.blobpath.store.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.Digest;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The folder of one repository, which is never reached through a symbolic link. */
final class RepositoryFolder {
    private static final byte[] MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8);
    private static final byte[] EMPTY_INDEX = "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(UTF_8);

    private final StoreRoot root;
    private final RepositoryName name;
    private final Path path;

    RepositoryFolder(StoreRoot root, RepositoryName name) {
        this.root = root;
        this.name = name;
        this.path = root.path().resolve(name.value());
    }

    RepositoryName name() {
        return name;
    }

    Path path() {
        return path;
    }

    Path blob(Digest digest) {
        return root.resolve(name.blob(digest));
    }

    Path index() {
        return path.resolve(StoreLayout.INDEX);
    }

    /** Whether the repository is there. */
    boolean exists() throws IOException {
        return isReal(path) && isThere(path.resolve(StoreLayout.MARKER));
    }

    /** Whether the repository is there, with a folder for blobs like this one. */
    boolean holds(Digest digest) throws IOException {
        return isReal(folderOf(digest)) && isThere(path.resolve(StoreLayout.MARKER));
    }

    /** Makes what is missing of the folders for this blob; many may do so at once. */
    void make(Digest digest, Scratch scratch) throws IOException {
        Path folder = folderOf(digest);
        if (holds(digest)) {
            return;
        }
        Path at = root.path();
        for (Path part : root.path().relativize(folder)) {
            Path parent = at;
            at = at.resolve(part);
            root.files().createFolder(at);
            root.files().sync(parent);
        }
        add(StoreLayout.INDEX, EMPTY_INDEX, scratch);
        // Last, since it is what makes the folder a repository.
        add(StoreLayout.MARKER, MARKER, scratch);
    }

    Path folderOf(Digest digest) {
        return path.resolve(StoreLayout.BLOBS).resolve(digest.algorithm().id());
    }

    /** By a link, which never replaces a file that somebody else has put there meanwhile. */
    private void add(String file, byte[] content, Scratch scratch) throws IOException {
        FileOperations files = root.files();
        while (!isThere(path.resolve(file))) {
            Path temporary = scratch.write(content);
            try {
                files.link(path.resolve(file), temporary);
                files.sync(path);
            } catch (FileAlreadyExistsException e) {
                // Somebody was faster, with the same or with more.
            } catch (NoSuchFileException e) {
                if (!scratch.isExpired(e)) {
                    throw e;
                }
            } finally {
                files.delete(temporary);
            }
        }
    }

    /** Whether the folder is there; one that is reached through a symbolic link is refused. */
    private boolean isReal(Path folder) throws IOException {
        try {
            if (!root.files().realPath(folder).equals(folder)) {
                throw new FileSystemException(folder.toString(), null, "it is a symbolic link, or below one");
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A failure to look is no answer. */
    private boolean isThere(Path file) throws IOException {
        try {
            root.files().stat(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
