package io.blobpath.store.layer;

import io.blobpath.store.stream.StreamReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A reader as an input stream. {@link #available} is zero at the end and only there, and waits if need be: {@code GZIPInputStream}
 * asks it whether another member follows, and layers of many members exist (eStargz has one for each file).
 */
final class ReaderInput extends InputStream {
    private final StreamReader reader;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();

    ReaderInput(StreamReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        return available() == 0 ? -1 : buffer.get() & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, available());
        if (count == 0) {
            return -1;
        }
        buffer.get(target, offset, count);
        return count;
    }

    @Override
    public int available() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            try {
                // Only the end gives none; a failure leaves none either.
                reader.read(buffer);
            } finally {
                buffer.flip();
            }
        }
        return buffer.remaining();
    }

    @Override
    public void close() {
        reader.close();
    }
}
