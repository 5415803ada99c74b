package io.blobpath.lmdb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the driver: their names, who may touch them, and on what kind of file system. */
final class LmdbDirectory {
    static final int FILE_MODE = 0600;

    private static final String DATA = "data.mdb";
    private static final String READER_TABLE = "lock.mdb";
    private static final String DAMAGED = DATA + ".damaged-";
    private static final long NEARLY_FULL = 16L << 20;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Set<String> SHARED_BY_HOSTS =
            Set.of("nfs", "cifs", "smb", "9p", "fuse.", "afs", "ceph", "lustre", "glusterfs", "beegfs", "gpfs");
    private static final Set<PosixFilePermission> FOREIGN_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path path;
    private final Object key;

    private LmdbDirectory(Path path, Object key) {
        this.path = path;
        this.key = key;
    }

    /** Creates the directory if need be, and refuses one that is not safe to use. */
    static LmdbDirectory prepare(LmdbOptions options) {
        try {
            if (Files.exists(options.directory()) && !Files.isDirectory(options.directory())) {
                throw new CacheConfigException(
                        List.of("lmdb.directory was '" + options.directory() + "' but that is not a directory"));
            }
            Files.createDirectories(
                    options.directory(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path real = options.directory().toRealPath();
            PosixFileAttributes attributes = Files.readAttributes(real, PosixFileAttributes.class);
            if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new CacheAccessException(
                        "everybody may write to " + real + "; take that right away: chmod 700 " + real);
            }
            String type = Files.getFileStore(real).type();
            if (!options.allowNetworkFileSystem() && isSharedByHosts(type)) {
                throw new CacheAccessException(real + " is on a file system of type " + type
                        + ", where another host can use it too and LMDB damages its file; use a local one, or set"
                        + " lmdb.allowNetworkFileSystem=true if it is local");
            }
            Object key = attributes.fileKey();
            LmdbDirectory directory = new LmdbDirectory(real, key == null ? real : key);
            directory.checkFiles();
            return directory;
        } catch (IOException e) {
            throw LmdbErrors.translate(e);
        }
    }

    static boolean isSharedByHosts(String type) {
        return SHARED_BY_HOSTS.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith);
    }

    /** What tells this directory from others, under whichever name. */
    Object key() {
        return key;
    }

    Path path() {
        return path;
    }

    Path data() {
        return path.resolve(DATA);
    }

    Path readerTable() {
        return path.resolve(READER_TABLE);
    }

    Path presence() {
        return path.resolve("blobpath.lock");
    }

    /** Whether so little room is left that a transaction may not have fitted. */
    boolean isNearlyFull() {
        try {
            return Files.getFileStore(path).getUsableSpace() < NEARLY_FULL;
        } catch (IOException e) {
            return false;
        }
    }

    /** Moves the file of records away, for somebody to look at, and LMDB's table of readers with it. */
    Path setAside(Clock clock) throws IOException {
        Path aside = path.resolve(DAMAGED + MOMENT.format(clock.instant()));
        Files.move(data(), aside);
        Files.deleteIfExists(readerTable());
        return aside;
    }

    /** The files that were set aside and not removed yet. */
    List<String> setAside() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(DAMAGED))
                    .sorted()
                    .toList();
        }
    }

    /** Refuses files that another user could have written: whoever can, can make LMDB run over its bounds (CVE-2019-16225). */
    private void checkFiles() throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        for (String name : List.of(DATA, READER_TABLE, "blobpath.lock")) {
            Path file = path.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                check(file, user);
            }
        }
    }

    private static void check(Path file, Object user) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw refused(file, "it is not a regular file", "move it away");
        }
        if (!Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(user)) {
            throw refused(file, "it belongs to " + attributes.owner().getName(), "run as that user, or chown it");
        }
        if (attributes.permissions().stream().anyMatch(FOREIGN_WRITE::contains)) {
            throw refused(file, "others may write to it", "chmod 600 " + file);
        }
    }

    private static BlobPathCacheException refused(Path file, String why, String remedy) {
        return new CacheAccessException(file + " is not safe to use: " + why + "; " + remedy);
    }
}
