package io.blobpath.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Everything that the store asks of the file system. No operation follows a symbolic link in the last component. Any number
 * of threads may use it.
 */
public interface FileOperations {
    /** Those of this machine. */
    static FileOperations system() {
        return SystemFiles.INSTANCE;
    }

    /** The path with all symbolic links resolved. */
    Path realPath(Path path) throws IOException;

    /** What is in a folder, in no order. */
    DirectoryStream<Path> list(Path folder) throws IOException;

    /**
     * What the path names.
     *
     * @throws NoSuchFileException if it names nothing; every other exception says nothing about that
     */
    FileState stat(Path file) throws IOException;

    /**
     * Of what type the path is, and how large.
     *
     * @throws NoSuchFileException if it names nothing; every other exception says nothing about that
     */
    default FileSight look(Path file) throws IOException {
        return stat(file);
    }

    /** Whether the system says for certain that the path names nothing. */
    default boolean isGone(Path file) {
        try {
            stat(file);
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Opens a file for reading. */
    SeekableByteChannel read(Path file) throws IOException;

    /** Creates a file that only its owner may read; it must not exist. */
    WritableByteChannel create(Path file) throws IOException;

    /** Creates a folder that only its owner may enter; it may exist. */
    void createFolder(Path folder) throws IOException;

    /**
     * Gives the file one more name.
     *
     * @throws TooManyLinksException if it has as many as the file system allows
     * @throws OtherFileSystemException if the name would be on another file system
     */
    void link(Path name, Path existing) throws IOException;

    /** Makes a symbolic link; the name must not exist. */
    void symbolicLink(Path name, Path target) throws IOException;

    /** Moves a name, in one atomic step, over the one that may be there. Does nothing if both name the same file. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a name if it is there. */
    void delete(Path file) throws IOException;

    /** Waits until the content of the file, or the names in the folder, are on the disk. */
    void sync(Path fileOrFolder) throws IOException;

    /** Sets when the content was last changed. */
    void setModified(Path file, FileTime time) throws IOException;

    /** Sets the permissions, such as {@code 0644}. The path must not be a symbolic link. */
    void setPermissions(Path file, int permissions) throws IOException;

    /** Gives the file the owner, group, permissions and modification time of another. */
    void setAttributes(Path file, FileState like) throws IOException;

    /**
     * Locks a file, which is created if it is not there, against other processes and other callers in this one. The lock ends
     * with the process or when it is closed; the file stays.
     *
     * @return the lock; empty if somebody else has it
     */
    Optional<Closeable> tryLock(Path file) throws IOException;

    /** How many bytes this user may still write on the file system of the path. */
    long usableSpace(Path path) throws IOException;
}
