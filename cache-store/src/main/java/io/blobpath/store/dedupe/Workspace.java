package io.blobpath.store.dedupe;

import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.StoreRootException;
import io.blobpath.store.file.FileOperations;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the files of one run that changes the store lie until they are renamed into place: {@code .blobpath/tmp}, on the same
 * file system as the root and never taken for a blob. One run at a time has it; what a killed run left there is deleted by
 * the next.
 */
final class Workspace implements AutoCloseable {
    private static final String PREFIX = "dedupe-";

    private final FileOperations files;
    private final Path folder;
    private final Closeable lock;
    private final AtomicLong number = new AtomicLong();

    private Workspace(FileOperations files, Path folder, Closeable lock) {
        this.files = files;
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the workspace of this root.
     *
     * @throws StoreBusyException if another run has it
     * @throws StoreRootException if it cannot be made
     */
    static Workspace open(StoreRoot root) {
        FileOperations files = root.files();
        Path folder = root.ownFolder().resolve("tmp");
        try {
            files.createFolder(root.ownFolder());
            files.createFolder(folder);
            Closeable lock = files.tryLock(root.ownFolder().resolve("dedupe.lock"))
                    .orElseThrow(() -> new StoreBusyException("cannot change store '" + root.path()
                            + "': another dedupe or undo is running on it; wait until it has ended"));
            return new Workspace(files, folder, lock);
        } catch (IOException e) {
            throw new StoreRootException(
                    "cannot change store '" + root.path() + "': its folder '" + root.ownFolder() + "' cannot be used: "
                            + e,
                    e);
        }
    }

    /** Deletes what killed runs left. */
    void clean(StoreRoot root, ProblemLog problems) {
        try (DirectoryStream<Path> left = files.list(folder)) {
            for (Path name : left) {
                if (String.valueOf(name.getFileName()).startsWith(PREFIX)) {
                    files.delete(name);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            problems.report(root.relative(folder), ProblemKind.FAILED, "leftovers of a killed run stay: " + e);
        }
    }

    /** A name that nothing has. */
    Path newName() {
        return folder.resolve(PREFIX + number.incrementAndGet());
    }

    /** Removes a name after a failure. If that fails too, the next run does it. */
    void discard(Path name, Exception because) {
        try {
            files.delete(name);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreRootException("cannot unlock folder '" + folder + "': " + e, e);
        }
    }
}
