package io.blobpath.benchmarks.stream;

import io.blobpath.benchmarks.report.Samples;
import io.blobpath.store.stream.Backpressure;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamCacheOptions;
import io.blobpath.store.stream.StreamKey;
import io.blobpath.store.stream.StreamOptions;
import io.blobpath.store.stream.StreamReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The stream cache in this JVM, round by round beside the bare JDK with the same file system and the same chunk. Files stay in the
 * page cache.
 */
public final class StreamRun implements AutoCloseable {
    static final StreamOptions FREE = StreamOptions.defaults().withBackpressure(Backpressure.none());

    private static final StreamOptions WINDOW =
            StreamOptions.defaults().withBackpressure(Backpressure.fastestReader(1 << 20));
    private static final int CHUNK = 1 << 16;
    private static final int WARM_UP = 2;

    /** How often a file is sent; once takes milliseconds. */
    private static final int SENT = 32;

    private static final long SLOW = 10_000_000;

    private final Path raw;
    private final int mebibytes;
    private final long bytes;
    private final Samples samples;
    private final Consumer<String> talk;
    private final StreamCache cache;
    private final StreamDelays delays;
    private final Parallel parallel = new Parallel();
    private int keys;
    private boolean warm;

    /**
     * A run.
     *
     * @param folder where files are written; the cache's stay there
     * @param mebibytes how large a stream is
     */
    public StreamRun(Path folder, int mebibytes, Samples samples, Consumer<String> talk) throws IOException {
        this.raw = folder.resolve("raw");
        this.mebibytes = mebibytes;
        this.bytes = (long) mebibytes << 20;
        this.samples = samples;
        this.talk = talk;
        this.cache = StreamCache.open(folder.resolve("streams"), StreamCacheOptions.defaults());
        this.delays = new StreamDelays(cache, this::add);
    }

    /** Measures so many rounds, after two that are not counted. */
    public void measure(int rounds) throws Exception {
        for (int round = 1 - WARM_UP; round <= rounds; round++) {
            warm = round > 0;
            talk.accept(warm ? "streams, round " + round + " of " + rounds : "streams, warming up");
            miss();
            hit();
            slowReader();
            add("heap small", heap(1L << 20));
            add("heap large", heap(bytes));
            delays.measure();
        }
    }

    @Override
    public void close() {
        parallel.close();
        cache.close();
    }

    private void miss() throws Exception {
        rate("raw", 1, 1, () -> RawFiles.writeThenRead(raw, bytes, CHUNK));
        Files.delete(raw);
        missed("miss 1", 1, FREE);
        missed("miss 1 window", 1, WINDOW);
        missed("miss 16", 16, FREE);
    }

    private void missed(String name, int readers, StreamOptions options) throws Exception {
        StreamKey key = key();
        rate(name, readers, readers, () -> read(key, options));
        cache.invalidate(key);
    }

    private void hit() throws Exception {
        StreamKey key = key();
        read(key, FREE);
        RawFiles.write(raw, bytes, CHUNK);
        for (int readers : new int[] {1, 4, 16}) {
            int times = SENT / readers;
            rate("raw send " + readers, SENT, readers, () -> repeat(times, () -> RawFiles.send(raw)));
            rate("hit " + readers, SENT, readers, () -> repeat(times, () -> fetch(key)));
        }
        Files.delete(raw);
        cache.invalidate(key);
    }

    /** A fast reader alone, and beside one that takes 10 MB in a second. */
    private void slowReader() throws Exception {
        missed("fast alone", 1, WINDOW);
        StreamKey key = key();
        try (StreamReader slow = open(key, bytes, WINDOW)) {
            Future<Void> pacing = parallel.begin(() -> crawl(slow));
            rate("fast beside slow", 1, 1, () -> read(key, WINDOW));
            slow.close();
            awaitEnd(pacing);
        }
        cache.invalidate(key);
    }

    /** KiB that are alive on the heap while a stream of this length is read and half done. */
    private double heap(long length) throws IOException {
        StreamKey key = key();
        try (StreamReader reader = open(key, length, WINDOW)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
            while (reader.position() < length / 2) {
                reader.read(buffer.clear());
            }
            System.gc();
            Runtime memory = Runtime.getRuntime();
            return (memory.totalMemory() - memory.freeMemory()) / 1024.0;
        } finally {
            cache.invalidate(key);
        }
    }

    private void fetch(StreamKey key) throws IOException {
        try (FileChannel sink = RawFiles.nowhere()) {
            cache.fetch(key, sink, out -> RawFiles.produce(out, bytes, CHUNK), FREE);
        }
    }

    private void read(StreamKey key, StreamOptions options) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try (StreamReader reader = open(key, bytes, options)) {
            while (reader.read(buffer.clear()) >= 0) {}
        }
    }

    private StreamReader open(StreamKey key, long length, StreamOptions options) throws IOException {
        return cache.open(key, sink -> RawFiles.produce(sink, length, CHUNK), options);
    }

    private static void crawl(StreamReader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        long start = System.nanoTime();
        while (reader.read(buffer.clear()) >= 0) {
            LockSupport.parkNanos(start + reader.position() * 1_000_000_000 / SLOW - System.nanoTime());
        }
    }

    private static void awaitEnd(Future<Void> pacing) throws InterruptedException {
        try {
            pacing.get();
        } catch (ExecutionException e) {
            // It was closed while it read.
        }
    }

    /** So many threads do it, and read the stream so often together. */
    private void rate(String name, int times, int threads, Parallel.Task task) throws Exception {
        add(name, times * mebibytes / parallel.seconds(threads, task));
    }

    private static void repeat(int times, Parallel.Task task) throws Exception {
        for (int i = 0; i < times; i++) {
            task.run();
        }
    }

    private void add(String name, double value) {
        if (warm) {
            samples.add("stream " + name, value);
        }
    }

    private StreamKey key() {
        return StreamKey.of("stream " + ++keys);
    }
}
