package io.blobpath.benchmarks.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The same bytes without a cache: written, read and sent by the bare JDK. */
final class RawFiles {
    private static final Path NOWHERE = Path.of("/dev/null");

    private RawFiles() {}

    /** Writes a new file in chunks of this size, then reads it with the same. */
    static void writeThenRead(Path file, long bytes, int chunk) throws IOException {
        write(file, bytes, chunk);
        ByteBuffer buffer = ByteBuffer.allocateDirect(chunk);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (in.read(buffer.clear()) >= 0) {}
        }
    }

    static void write(Path file, long bytes, int chunk) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            produce(out, bytes, chunk);
        }
    }

    /** Sends the whole file to where it costs nothing. */
    static void send(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out = nowhere()) {
            long size = in.size();
            for (long sent = 0; sent < size; ) {
                sent += in.transferTo(sent, size - sent, out);
            }
        }
    }

    /** What both sides write. */
    static void produce(WritableByteChannel sink, long bytes, int chunk) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(chunk);
        for (long left = bytes; left > 0; left -= buffer.position()) {
            buffer.clear().limit((int) Math.min(chunk, left));
            while (buffer.hasRemaining()) {
                sink.write(buffer);
            }
        }
    }

    static FileChannel nowhere() throws IOException {
        return FileChannel.open(NOWHERE, StandardOpenOption.WRITE);
    }
}
