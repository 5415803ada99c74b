package io.blobpath.store.layer;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.cache.PageRequest;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobSource;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.stream.FailurePolicy;
import io.blobpath.store.stream.StreamOptions;
import io.blobpath.store.stream.StreamReader;
import io.blobpath.tck.memory.MemoryOptions;
import io.blobpath.tck.memory.MemoryStores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An empty folder and an empty index for each test. Afterwards no file is open, no thread runs, and nothing half-made is left. */
@Timeout(120)
abstract class LayerTest {
    static final String GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    static final String TAR = "application/vnd.oci.image.layer.v1.tar";
    static final String CONTENT = "a file of a layer\n".repeat(20_000);
    static final LayerCacheOptions OPTIONS =
            LayerCacheOptions.defaults().withReading(StreamOptions.defaults().withFailures(FailurePolicy.SHARE));

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private Set<Thread> before = Set.of();
    Path folder = Path.of("");
    String store = "";

    @BeforeEach
    void setUp(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        store = folder.toString();
        before = streamThreads();
    }

    @AfterEach
    @Timeout(120)
    void leavesNothing() throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        MemoryStores.drop(store);
        awaitNothingLeft();
    }

    /** Closes it after the test. */
    <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    /** An index of its own, with the records of the others. */
    BlobPathCache index() {
        return closing(BlobPathCaches.open(CacheConfig.of(new MemoryOptions(store))));
    }

    LayerCache layers() throws IOException {
        return layers("layers", OPTIONS);
    }

    LayerCache layers(String inside, LayerCacheOptions options) throws IOException {
        return layers(inside, index(), options);
    }

    LayerCache layers(String inside, BlobPathCache index, LayerCacheOptions options) throws IOException {
        return closing(LayerCache.open(folder.resolve(inside), index, options));
    }

    /** Runs it on a thread that has ended when the test has. */
    <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test-layer-reader");
        threads.add(thread);
        thread.start();
        return task;
    }

    List<String> records(Digest digest) {
        return index().paths(digest, PageRequest.first(10)).paths().stream()
                .map(BlobPath::toString)
                .toList();
    }

    /** The record comes just behind the last byte. */
    void awaitRecord(Digest digest) {
        BlobPathCache index = index();
        while (index.canonical(digest).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    void awaitLink(LayerCache layers, Digest digest) throws IOException {
        while (layers.find(digest).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** How many entries are in the folder. */
    long entries(String inside) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(inside).resolve("layers"))) {
            return files.filter(file -> String.valueOf(file.getFileName()).length() == 64)
                    .count();
        }
    }

    static Layer gzipLayer(String content) throws IOException {
        byte[] bytes = gzip(content);
        return new Layer(digest(bytes), bytes.length, GZIP);
    }

    static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static Digest digest(byte[] bytes) {
        MessageDigest hash = BlobHashes.hash(DigestAlgorithm.SHA256).orElseThrow();
        return Digest.of(DigestAlgorithm.SHA256, hash.digest(bytes));
    }

    static Digest digest(String content) {
        return digest(content.getBytes(StandardCharsets.UTF_8));
    }

    /** A source with these bytes. */
    static BlobSource bytes(byte[] bytes) {
        return request -> new BlobContent(bytes.length, new ByteArrayInputStream(bytes));
    }

    /** For callers who must not come to download. */
    static BlobSource never() {
        return request -> {
            throw new AssertionError("this source must not be asked");
        };
    }

    static byte[] readAll(StreamReader from) throws IOException {
        try (StreamReader reader = from;
                ReaderInput in = new ReaderInput(reader)) {
            return in.readAllBytes();
        }
    }

    static String text(StreamReader from) throws IOException {
        return new String(readAll(from), StandardCharsets.UTF_8);
    }

    /** A download whose readers are done may still note what it learned when the cache is closed. */
    private void awaitNothingLeft() throws IOException {
        while (!openFiles().isEmpty() || !halfMade().isEmpty() || !before.containsAll(streamThreads())) {
            Thread.onSpinWait();
        }
    }

    private static Set<Thread> streamThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("blobpath-stream"))
                .collect(Collectors.toSet());
    }

    private List<String> halfMade() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(file -> file.contains("/v1/tmp/") || file.contains("/v1/live/"))
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of("removed while it was listed");
        }
    }

    private List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            for (Path handle : handles.toList()) {
                try {
                    String target = Files.readSymbolicLink(handle).toString();
                    if (target.startsWith(folder.toString())) {
                        open.add(target);
                    }
                } catch (IOException e) {
                    // Closed since it was listed.
                }
            }
        }
        return open;
    }
}
