package io.blobpath.store.stream;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Counts bytes. */
final class CountingSink implements WritableByteChannel {
    private long bytes;

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        source.position(source.limit());
        bytes += count;
        return count;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
