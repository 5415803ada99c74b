package io.blobpath.store.stream;

import java.io.IOException;

/** A producer that writes byte by byte, and tells how far it is. */
final class Bytewise implements StreamProducer {
    private final int count;
    private volatile int written;
    private volatile Thread thread = Thread.currentThread();
    private volatile Throwable failure = new AssertionError("it did not fail");

    Bytewise(int count) {
        this.count = count;
    }

    int written() {
        return written;
    }

    /** The thread that it runs on. */
    Thread thread() {
        return thread;
    }

    /** Why it could not write on. */
    Throwable failure() {
        return failure;
    }

    @Override
    public void produce(StreamSink sink) throws IOException {
        thread = Thread.currentThread();
        try {
            for (int i = 0; i < count; i++) {
                sink.write(StreamTest.bytes("x"));
                written = i + 1;
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** It waits for readers, and for nothing else. */
    void awaitBlockedAt(int bytes) {
        while (written < bytes) {
            Thread.onSpinWait();
        }
        StreamTest.awaitParked(thread);
    }
}
