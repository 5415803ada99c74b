package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.WritableByteChannel;

/** Writes to the caller's channel, which may be in non-blocking mode. */
final class Sinks {
    private Sinks() {}

    static void writeFully(WritableByteChannel sink, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (sink.write(bytes) == 0) {
                awaitRoom(sink);
            }
        }
    }

    private static void awaitRoom(WritableByteChannel sink) throws IOException {
        if (sink instanceof SelectableChannel channel && !channel.isBlocking()) {
            try (Selector selector = channel.provider().openSelector()) {
                channel.register(selector, SelectionKey.OP_WRITE);
                selector.select();
            }
        }
    }
}
