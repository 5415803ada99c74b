package io.blobpath.store.blob;

import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads files that fit into memory, each into an array of its own size. */
final class SmallFile {
    private SmallFile() {}

    /** What the file has, but not more than so many bytes. */
    static byte[] read(FileOperations files, Path file, int most) throws IOException {
        try (SeekableByteChannel channel = files.read(file)) {
            // One more than it has, so that the end is met without a larger buffer.
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(most, channel.size() + 1));
            while (channel.read(content) >= 0 && content.position() < most) {
                if (!content.hasRemaining()) {
                    int larger = (int) Math.min(most, 2L * content.capacity());
                    content = ByteBuffer.allocate(larger).put(content.flip());
                }
            }
            return Arrays.copyOf(content.array(), content.position());
        }
    }
}
