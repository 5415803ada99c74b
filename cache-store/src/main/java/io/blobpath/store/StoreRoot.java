package io.blobpath.store;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The root of a store: a folder of OCI image layouts, at any depth, or one layout itself. Immutable; it holds no file open.
 *
 * <p>The root itself may be given through symbolic links; they are resolved once, here. Below it none is followed.
 */
public final class StoreRoot {
    private final Path path;
    private final FileOperations files;
    private final long device;

    private StoreRoot(Path path, FileOperations files, long device) {
        this.path = path;
        this.files = files;
        this.device = device;
    }

    /**
     * The store at this folder.
     *
     * @throws StoreRootException if it does not exist, is no folder or cannot be read
     */
    public static StoreRoot open(Path root) {
        return open(root, FileOperations.system());
    }

    /**
     * The store at this folder, which is used through these operations only.
     *
     * @throws StoreRootException if it does not exist, is no folder or cannot be read
     */
    public static StoreRoot open(Path root, FileOperations files) {
        if (!root.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            throw cannotOpen(root, "its file system has no inode numbers; use a POSIX file system", null);
        }
        try {
            Path real = files.realPath(root);
            files.list(real).close();
            return new StoreRoot(real, files, files.stat(real).device());
        } catch (NoSuchFileException e) {
            throw cannotOpen(root, "it does not exist; name the folder that holds the repositories", e);
        } catch (NotDirectoryException e) {
            throw cannotOpen(root, "it is not a folder; name the folder that holds the repositories", e);
        } catch (AccessDeniedException e) {
            throw cannotOpen(root, "it cannot be read; run as a user who may", e);
        } catch (IOException e) {
            throw cannotOpen(root, e.toString(), e);
        }
    }

    /** The folder, absolute and without symbolic links. */
    public Path path() {
        return path;
    }

    /** The way to its files. */
    public FileOperations files() {
        return files;
    }

    /** The number of the file system that the root is on. */
    public long device() {
        return device;
    }

    /** Where the blob lies. */
    public Path resolve(BlobPath blob) {
        return path.resolve(blob.toString());
    }

    /** The file's path for a report: relative to the root. */
    public String relative(Path file) {
        return path.relativize(file).toString();
    }

    /** The cache's own folder. It need not exist. */
    public Path ownFolder() {
        return path.resolve(StoreLayout.OWN);
    }

    private static StoreRootException cannotOpen(Path root, String why, @Nullable Exception e) {
        return new StoreRootException("cannot open store '" + root + "': " + why, e);
    }
}
