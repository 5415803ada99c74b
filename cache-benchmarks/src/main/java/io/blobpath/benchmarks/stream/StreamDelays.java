package io.blobpath.benchmarks.stream;

import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamKey;
import io.blobpath.store.stream.StreamProducer;
import io.blobpath.store.stream.StreamReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjDoubleConsumer;

/** How long a caller waits, in microseconds. */
final class StreamDelays {
    private static final int OPENS = 5_000;
    private static final int FIRST_BYTES = 400;
    private static final long PAUSE = 200_000;

    private final StreamCache cache;
    private final ObjDoubleConsumer<String> results;

    StreamDelays(StreamCache cache, ObjDoubleConsumer<String> results) {
        this.cache = cache;
        this.results = results;
    }

    void measure() throws Exception {
        opens();
        firstBytes();
    }

    private void opens() throws IOException {
        StreamKey key = StreamKey.of("one byte");
        StreamProducer producer = sink -> sink.write(ByteBuffer.allocate(1));
        ByteBuffer one = ByteBuffer.allocate(1);
        read(key, producer, one);
        long start = System.nanoTime();
        for (int i = 0; i < OPENS; i++) {
            read(key, producer, one);
        }
        results.accept("open hit", (System.nanoTime() - start) / 1e3 / OPENS);
    }

    private void read(StreamKey key, StreamProducer producer, ByteBuffer one) throws IOException {
        try (StreamReader reader = cache.open(key, producer, StreamRun.FREE)) {
            while (reader.read(one.clear()) >= 0) {}
        }
    }

    /** From the moment before a byte is written until a joiner that waits for it has it. */
    private void firstBytes() throws Exception {
        StreamKey key = StreamKey.of("byte by byte");
        SynchronousQueue<Boolean> more = new SynchronousQueue<>();
        long[] written = {0};
        StreamProducer producer = sink -> {
            while (more.take()) {
                // So that the reader waits.
                LockSupport.parkNanos(PAUSE);
                written[0] = System.nanoTime();
                sink.write(ByteBuffer.allocate(1));
            }
        };
        double[] micros = new double[FIRST_BYTES];
        try (StreamReader creator = cache.open(key, producer, StreamRun.FREE);
                StreamReader joiner = cache.open(key, producer, StreamRun.FREE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            for (int i = 0; i < FIRST_BYTES; i++) {
                more.put(true);
                joiner.read(one.clear());
                micros[i] = (System.nanoTime() - written[0]) / 1e3;
            }
            more.put(false);
            while (creator.read(one.clear()) >= 0) {}
        }
        cache.invalidate(key);
        Arrays.sort(micros);
        results.accept("first byte p50", micros[FIRST_BYTES / 2]);
        results.accept("first byte p99", micros[FIRST_BYTES * 99 / 100]);
    }
}
