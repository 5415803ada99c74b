package io.blobpath.store.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/** Lets no more bytes through than the layer has, so that a source that sends without end ends here. */
final class LayerSink implements WritableByteChannel {
    private final Layer layer;
    private final WritableByteChannel sink;
    private final LongConsumer progress;
    private long bytes;

    LayerSink(Layer layer, WritableByteChannel sink, LongConsumer progress) {
        this.layer = layer;
        this.sink = sink;
        this.progress = progress;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        if (count > layer.size() - bytes) {
            throw new IOException(
                    "layer " + layer.digest() + " has " + layer.size() + " bytes, and its source sends more");
        }
        sink.write(source);
        bytes += count;
        progress.accept(bytes);
        return count;
    }

    @Override
    public boolean isOpen() {
        return sink.isOpen();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
