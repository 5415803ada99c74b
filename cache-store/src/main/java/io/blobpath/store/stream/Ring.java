package io.blobpath.store.stream;

import java.nio.ByteBuffer;

/**
 * The last bytes of a stream that has no file, or has none any more. The writer must not be further ahead of the slowest reader
 * than {@link #CAPACITY}; the cursor makes its bytes visible.
 */
final class Ring {
    static final int CAPACITY = 1 << 18;

    private final byte[] bytes = new byte[CAPACITY];
    private final long from;

    /** Begins behind what is in the file. */
    Ring(long from) {
        this.from = from;
    }

    /** The position of the first byte that ever was in the ring. */
    long from() {
        return from;
    }

    void write(ByteBuffer source, long position) {
        long at = position;
        while (source.hasRemaining()) {
            int offset = offset(at);
            int count = Math.min(source.remaining(), CAPACITY - offset);
            source.get(bytes, offset, count);
            at += count;
        }
    }

    void read(ByteBuffer target, long position, int count) {
        int offset = offset(position);
        int straight = Math.min(count, CAPACITY - offset);
        target.put(bytes, offset, straight);
        target.put(bytes, 0, count - straight);
    }

    private static int offset(long position) {
        return (int) (position & CAPACITY - 1);
    }
}
