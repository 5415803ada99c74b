package io.blobpath.store.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.Leases;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobSource;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamCacheOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** Nodes that bring a blob from elsewhere, each with a cache and a folder of its own. */
abstract class PullFixture extends StoreTest {
    static final RepositoryName A = new RepositoryName("library/a");
    static final RepositoryName B = new RepositoryName("b");
    static final String CONTENT = "some bytes of a layer\n".repeat(10_000);
    static final byte[] BYTES = CONTENT.getBytes(UTF_8);
    static final int HALF = BYTES.length / 2;
    static final Digest DIGEST = Tree.digest(CONTENT);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int nodes;

    @AfterEach
    void closeNodes() throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    BlobStore withoutStreams() {
        return BlobStore.open(root(), cache);
    }

    /** A store with a cache and a folder of its own. */
    BlobStore node() throws IOException {
        return node(BlobStoreOptions.defaults());
    }

    /** One that soon learns that it has lost a lease. */
    BlobStore attentiveNode() throws IOException {
        return node(BlobStoreOptions.defaults().withLease(LeaseOptions.DEFAULT.withLease(Duration.ofMillis(500))));
    }

    private BlobStore node(BlobStoreOptions options) throws IOException {
        BlobPathCache own = anotherCache();
        opened.push(own);
        Files.createDirectories(streams());
        StreamCache streams = StreamCache.open(streams().resolve("node " + nodes++), StreamCacheOptions.defaults());
        opened.push(streams);
        return BlobStore.open(root(), own, options, streams);
    }

    static String fetch(BlobStore store, RepositoryName repository, BlobSource source) throws IOException {
        try (InputStream in = store.fetch(repository, DIGEST, source)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Why it fails, before its first byte or behind its last. */
    Throwable failure(Digest digest, BlobSource source) throws IOException {
        try (InputStream in = node().fetch(A, digest, source)) {
            in.readAllBytes();
            throw new AssertionError("it did not fail");
        } catch (InvalidContentException e) {
            return e;
        } catch (IOException e) {
            return Optional.ofNullable(e.getCause()).orElse(e);
        }
    }

    static BlobSource whole(byte[] bytes) {
        return request -> new BlobContent(bytes.length, new ByteArrayInputStream(bytes));
    }

    static BlobSource never() {
        return request -> {
            throw new AssertionError("this source must not be asked");
        };
    }

    void endLeases() {
        Leases leases = cache.leases();
        leases.list(Optional.empty(), 100).leases().forEach(held -> leases.breakLease(held.name(), held.fence()));
    }

    <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test-client");
        threads.add(thread);
        thread.start();
        return task;
    }

    static void awaitNoPull() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("blobpath-pull"))) {
            Thread.onSpinWait();
        }
    }

    private Path streams() {
        return tree.root().resolve(".streams");
    }

    /** What is in the folders of streams. */
    List<Path> streamed() {
        return below(streams()).stream()
                .filter(file -> String.valueOf(file.getFileName()).length() == 64)
                .toList();
    }

    List<Path> uploads() {
        return below(tree.root().resolve(".blobpath/uploads"));
    }

    private static List<Path> below(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
