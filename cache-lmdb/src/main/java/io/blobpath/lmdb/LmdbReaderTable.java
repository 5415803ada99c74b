package io.blobpath.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * LMDB's table of readers, a file that it makes with a hole and stores to through a mapping. On a full disk such a store ends the
 * process by SIGBUS; so the file gets real blocks first, and a disk without room for them is an error like any other.
 */
final class LmdbReaderTable {
    /** A cache line for each reader, and a page for the header, which has less. LMDB takes what it finds. */
    private static final int SIZE = 64 * LmdbReaders.TABLE + 4096;

    private LmdbReaderTable() {}

    /** Makes it, unless it is there in full. No process has the environment open. */
    static void reserve(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            if (channel.size() < SIZE) {
                ByteBuffer zeros = ByteBuffer.allocate(SIZE);
                while (zeros.hasRemaining()) {
                    channel.write(zeros, zeros.position());
                }
            }
        }
    }
}
