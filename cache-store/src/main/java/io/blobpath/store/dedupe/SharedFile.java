package io.blobpath.store.dedupe;

import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Gives a path the file of another copy: links the master to a name in the workspace, looks at what was linked, and renames
 * it over the path. The path names a whole file at every moment, the old one or the new one, whenever this is killed.
 *
 * <p>Java links by path, not by open file. Whoever may rename files in the store's folders can exchange the master in between;
 * the look at the linked file catches that, before the rename. What is left is the moment between the last look at the path
 * and its rename: a file that another program puts there in this moment, under the digest's name, is replaced too.
 */
final class SharedFile {
    private final FileOperations files;
    private final Workspace workspace;
    private final TouchedFolders touched;

    /** The master is not what it was when it was read. */
    static final class MasterChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        MasterChangedException(String message) {
            super(message);
        }
    }

    /** The copy is not what it was when it was read. */
    static final class CopyChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        CopyChangedException(String message) {
            super(message);
        }
    }

    SharedFile(FileOperations files, Workspace workspace, TouchedFolders touched) {
        this.files = files;
        this.workspace = workspace;
        this.touched = touched;
    }

    /** Gives the copy's path the master's file. If it fails, the path has its old file, or the new one; both are whole. */
    void give(Master master, Copy copy) throws IOException {
        requireUnchanged(master.copy());
        Path name = workspace.newName();
        try {
            files.link(name, master.copy().file());
            FileState linked = requireSame(master.copy(), files.stat(name));
            int permissions = linked.sharedPermissions(copy.state());
            if (permissions != linked.permissions()) {
                // Before the rename, so that no reader of the copy is locked out for a moment.
                files.setPermissions(name, permissions);
                master.refresh(files.stat(name));
            }
            if (copy.state().modified().compareTo(linked.modified()) > 0) {
                // Collectors spare young files by this time: the shared file must look as young as the youngest.
                files.setModified(name, copy.state().modified());
                master.refresh(files.stat(name));
            }
            requireUnchangedCopy(copy);
            files.rename(name, copy.file());
        } catch (IOException e) {
            workspace.discard(name, e);
            throw e;
        }
        touched.add(copy.folder());
        if (!files.stat(copy.file()).hasContentOf(master.copy().state())) {
            throw new CopyChangedException("another program changed it after it was linked");
        }
    }

    private void requireUnchanged(Copy master) throws IOException {
        try {
            requireSame(master, files.stat(master.file()));
        } catch (NoSuchFileException e) {
            throw new MasterChangedException("it was deleted after it was read");
        }
    }

    private static FileState requireSame(Copy master, FileState now) throws MasterChangedException {
        if (!now.hasContentOf(master.state()) || now.mode() != master.state().mode()) {
            throw new MasterChangedException("it changed after it was read");
        }
        return now;
    }

    private void requireUnchangedCopy(Copy copy) throws IOException {
        FileState now = files.stat(copy.file());
        if (!now.hasContentOf(copy.state()) || now.mode() != copy.state().mode()) {
            throw new CopyChangedException("it changed after it was read");
        }
    }
}
