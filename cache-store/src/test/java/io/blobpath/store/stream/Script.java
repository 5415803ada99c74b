package io.blobpath.store.stream;

import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A producer that does what it is told, step by step, and counts its runs. */
final class Script implements StreamProducer {
    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Thread thread = Thread.currentThread();

    private interface Step {
        /** Whether to go on. */
        boolean take(WritableByteChannel sink) throws Exception;
    }

    Script write(String text) {
        steps.add(sink -> {
            sink.write(StreamTest.bytes(text));
            return true;
        });
        return this;
    }

    Script end() {
        steps.add(sink -> false);
        return this;
    }

    Script fail(Exception failure) {
        steps.add(sink -> {
            throw failure;
        });
        return this;
    }

    int runs() {
        return runs.get();
    }

    /** The thread that it runs on. */
    Thread thread() {
        return thread;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void produce(StreamSink sink) throws Exception {
        thread = Thread.currentThread();
        // Whoever sees this run sees its thread.
        runs.incrementAndGet();
        try {
            while (steps.take().take(sink)) {}
        } finally {
            ended.countDown();
        }
    }
}
