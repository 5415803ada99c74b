package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A client that has gone away. */
record BrokenSink(IOException failure) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
        throw failure;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
