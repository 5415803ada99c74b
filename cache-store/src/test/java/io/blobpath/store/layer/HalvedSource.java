package io.blobpath.store.layer;

import io.blobpath.cache.BlobPath;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that gives half of its bytes, waits until it may go on, and counts how often it was asked. */
final class HalvedSource implements LayerSource {
    private final byte[] bytes;
    private final AtomicInteger runs = new AtomicInteger();
    private volatile List<BlobPath> copies = List.of();
    private final CountDownLatch goOn = new CountDownLatch(1);

    HalvedSource(byte[] bytes) {
        this.bytes = bytes;
    }

    HalvedSource goOn() {
        goOn.countDown();
        return this;
    }

    int runs() {
        return runs.get();
    }

    /** What it was told. */
    List<BlobPath> copies() {
        return copies;
    }

    @Override
    public void download(Layer layer, List<BlobPath> known, WritableByteChannel sink) throws Exception {
        runs.incrementAndGet();
        copies = known;
        int half = bytes.length / 2;
        sink.write(ByteBuffer.wrap(bytes, 0, half));
        goOn.await();
        sink.write(ByteBuffer.wrap(bytes, half, bytes.length - half));
    }
}
