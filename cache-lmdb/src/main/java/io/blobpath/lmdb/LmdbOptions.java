package io.blobpath.lmdb;

import io.blobpath.cache.ByteSize;
import io.blobpath.cache.spi.Option;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the LMDB driver keeps its files, and how much room they may take.
 *
 * @param directory a directory of its own on a local file system; created with mode 0700 if it does not exist
 * @param mapSize the most bytes that records may occupy; the files grow as needed and never shrink
 * @param allowNetworkFileSystem whether to open on a file system that looks like one shared by hosts; LMDB damages its file
 *     when two hosts use it, so this is only for file systems that look remote and are not
 */
public record LmdbOptions(
        @Option("the directory that holds the files of the cache; created if it does not exist")
        Path directory,

        @Option(
                value = "the most that records may occupy; address space is reserved, disk is used as needed",
                fallback = "64GiB",
                min = "1MiB",
                max = "16TiB")
        ByteSize mapSize,

        @Option(
                value = "open even if the file system looks like one that hosts share, such as NFS or FUSE",
                fallback = "false")
        boolean allowNetworkFileSystem) {
    private static final ByteSize DEFAULT_MAP_SIZE = ByteSize.parse("64GiB");

    /** Refuses null. */
    public LmdbOptions {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(mapSize, "mapSize");
    }

    /** The defaults, in this directory. */
    public static LmdbOptions of(Path directory) {
        return new LmdbOptions(directory, DEFAULT_MAP_SIZE, false);
    }

    /** The same with this room for records. */
    public LmdbOptions withMapSize(ByteSize size) {
        return new LmdbOptions(directory, size, allowNetworkFileSystem);
    }
}
