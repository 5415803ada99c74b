package io.blobpath.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The file system of this machine. */
enum SystemFiles implements FileOperations {
    INSTANCE;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @Override
    public Path realPath(Path path) throws IOException {
        return path.toRealPath();
    }

    @Override
    public DirectoryStream<Path> list(Path folder) throws IOException {
        return folder.getFileSystem().provider().newDirectoryStream(folder, entry -> true);
    }

    @Override
    public FileState stat(Path file) throws IOException {
        return FileState.of(Files.readAttributes(file, FileState.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public FileSight look(Path file) throws IOException {
        return Sight.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    private record Sight(boolean isRegular, boolean isFolder, boolean isSymbolicLink, long size) implements FileSight {
        static Sight of(BasicFileAttributes file) {
            return new Sight(file.isRegularFile(), file.isDirectory(), file.isSymbolicLink(), file.size());
        }
    }

    @Override
    public SeekableByteChannel read(Path file) throws IOException {
        // Without a name for failures: whoever sends the file on lets the kernel do it, which takes this channel
        // itself.
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public WritableByteChannel create(Path file) throws IOException {
        return new NamedChannel(
                file,
                FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), OWNER_FILE));
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, OWNER_FOLDER);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    @Override
    public void link(Path name, Path existing) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (FileSystemException e) {
            throw translate(e, name, existing);
        }
    }

    @Override
    public void symbolicLink(Path name, Path target) throws IOException {
        Files.createSymbolicLink(name, target);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw crossing(from, to, e);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void sync(Path fileOrFolder) throws IOException {
        try (FileChannel channel =
                FileChannel.open(fileOrFolder, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.force(true);
        } catch (IOException e) {
            throw NamedChannel.named(fileOrFolder, e);
        }
    }

    @Override
    public void setModified(Path file, FileTime time) throws IOException {
        Files.setAttribute(file, "lastModifiedTime", time, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void setPermissions(Path file, int permissions) throws IOException {
        Files.setAttribute(file, "unix:mode", permissions);
    }

    @Override
    public void setAttributes(Path file, FileState like) throws IOException {
        FileState now = stat(file);
        if (now.user() != like.user() || now.group() != like.group()) {
            Files.setAttribute(file, "unix:uid", like.user(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", like.group(), LinkOption.NOFOLLOW_LINKS);
        }
        setPermissions(file, like.permissions());
        setModified(file, like.modified());
    }

    @Override
    public Optional<Closeable> tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OWNER_FILE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false; // Somebody in this process has it.
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(channel) : Optional.empty();
    }

    @Override
    public long usableSpace(Path path) throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    /** The JDK has no exception of its own for these, only the system's text. */
    private static IOException translate(FileSystemException e, Path name, Path existing) {
        String reason = String.valueOf(e.getReason());
        if (reason.equals("Too many links")) {
            return withCause(new TooManyLinksException(existing.toString()), e);
        }
        if (reason.equals("Invalid cross-device link")) {
            return crossing(existing, name, e);
        }
        return e;
    }

    private static IOException crossing(Path from, Path to, IOException cause) {
        return withCause(new OtherFileSystemException(from.toString(), to.toString()), cause);
    }

    private static IOException withCause(IOException typed, IOException cause) {
        typed.initCause(cause);
        return typed;
    }
}
