package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An empty folder and a clock for each test. Afterwards no file is open, no thread runs, and no file but entries is left. */
abstract class StreamTest {
    static final StreamKey KEY = StreamKey.of("key");
    static final StreamOptions OPTIONS = StreamOptions.defaults().withFailures(FailurePolicy.SHARE);

    final ManualStreamTiming timing = new ManualStreamTiming();
    Path folder = Path.of("");
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();

    @BeforeEach
    void setUp(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        timing.join();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(openFiles()).isEmpty();
        assertThat(names("tmp")).isEmpty();
        assertThat(names("live")).isEmpty();
        assertThat(timing.alarms()).isZero();
    }

    StreamCache cache() throws IOException {
        return cache(StreamCacheOptions.defaults());
    }

    StreamCache cache(StreamCacheOptions options) throws IOException {
        return cache(options, FileOperations.system());
    }

    StreamCache cache(StreamCacheOptions options, FileOperations files) throws IOException {
        return closing(DiskStreamCache.open(folder, options, files, timing));
    }

    /** Closes it after the test. */
    <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    StreamReader open(StreamCache cache, StreamProducer producer) throws IOException {
        return closing(cache.open(KEY, producer, OPTIONS));
    }

    /** Runs it on a thread that has ended when the test has. */
    <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test-reader");
        threads.add(thread);
        thread.start();
        return task;
    }

    /** Waits until the thread of a task has nothing to do. */
    static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    Thread lastThread() {
        return threads.get(threads.size() - 1);
    }

    /** Names of files in a folder of the cache, or none. */
    List<String> names(String of) throws IOException {
        Path inside = folder.resolve("v1").resolve(of);
        if (!Files.exists(inside)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inside)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    /** Complete entries on disk. */
    List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).length() == 64)
                    .toList();
        }
    }

    /** Open handles on files of the cache, deleted ones among them, but the locks. */
    List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            for (Path handle : handles.toList()) {
                try {
                    String target = Files.readSymbolicLink(handle).toString();
                    if (target.startsWith(folder.toString()) && !target.contains("/live/")) {
                        open.add(target);
                    }
                } catch (IOException e) {
                    // Closed since it was listed.
                }
            }
        }
        return open;
    }

    static StreamOptions with(Backpressure backpressure) {
        return OPTIONS.withBackpressure(backpressure);
    }

    static StreamProducer text(String text) {
        return sink -> sink.write(bytes(text));
    }

    static StreamProducer failing(String text, Throwable failure) {
        return sink -> {
            sink.write(bytes(text));
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    /** For callers who must not come to produce. */
    static StreamProducer never() {
        return sink -> {
            throw new AssertionError("this producer must not run");
        };
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String readAll(StreamReader reader) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String some = read(reader, 8192); !some.isEmpty(); some = read(reader, 8192)) {
            all.append(some);
        }
        return all.toString();
    }

    /** Reads to the end; how many bytes came. */
    static long drain(StreamReader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long before = reader.position();
        while (reader.read(buffer.clear()) >= 0) {}
        return reader.position() - before;
    }

    /** One read; empty at the end. */
    static String read(StreamReader reader, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        reader.read(buffer);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    String readWhole(StreamCache cache, StreamProducer producer) throws IOException {
        try (StreamReader reader = cache.open(KEY, producer, OPTIONS)) {
            return readAll(reader);
        }
    }
}
