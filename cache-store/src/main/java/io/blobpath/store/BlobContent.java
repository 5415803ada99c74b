package io.blobpath.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of a blob from one of them to the last, as a source has opened them. For one thread.
 *
 * @param offset the first byte that the stream has
 * @param size how many bytes the whole blob has, those before the offset among them
 * @param bytes those from the offset on
 */
public record BlobContent(long offset, long size, InputStream bytes) implements Closeable {
    private static final int BUFFER = 1 << 16;

    /** Takes bytes. */
    public interface Receiver {
        /** Takes all bytes of the buffer, which is used again afterwards. */
        void receive(ByteBuffer bytes) throws IOException;
    }

    /** Refuses an offset that is not in the blob or at its end. */
    public BlobContent {
        if (offset < 0 || offset > size) {
            throw new IllegalArgumentException(
                    "offset was " + offset + " and size " + size + " but a blob begins at 0 and ends at its size");
        }
    }

    /** A whole blob. */
    public BlobContent(long size, InputStream bytes) {
        this(0, size, bytes);
    }

    /**
     * Hands on all bytes.
     *
     * @throws EOFException if there are fewer than the size says
     * @throws InvalidContentException if there are more; the receiver has got none of these
     */
    public void deliver(Receiver to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = size - offset;
        while (true) {
            // One byte too many is enough to know.
            int count = bytes.read(buffer, 0, (int) Math.min(BUFFER, left + 1));
            if (count > left) {
                throw new InvalidContentException("the source said " + size + " bytes, and sends more", null);
            }
            if (count < 0 && left > 0) {
                throw new EOFException("the source said " + size + " bytes, and ended " + left + " before");
            }
            if (count < 0) {
                return;
            }
            left -= count;
            to.receive(ByteBuffer.wrap(buffer, 0, count));
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
