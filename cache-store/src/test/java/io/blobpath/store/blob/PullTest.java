package io.blobpath.store.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.Leases;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobRequest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.SourceException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.HalvedSource;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamCacheOptions;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs from elsewhere: one download for all nodes, read while it arrives. */
@Timeout(120)
final class PullTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("library/a");
    private static final RepositoryName B = new RepositoryName("b");
    private static final String CONTENT = "some bytes of a layer\n".repeat(10_000);
    private static final byte[] BYTES = CONTENT.getBytes(UTF_8);
    private static final int HALF = BYTES.length / 2;
    private static final Digest DIGEST = Tree.digest(CONTENT);

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

    @Test
    void bytesAreReadWhileTheyArriveAndEndWhenTheBlobIsThere() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        BlobStore store = node();

        try (InputStream in = store.fetch(A, DIGEST, source)) {
            assertThat(in.readNBytes(HALF)).hasSize(HALF);
            assertThat(store.stat(A, DIGEST)).isEmpty();
            source.goOn();
            assertThat(in.readAllBytes()).hasSize(BYTES.length - HALF);
        }

        assertThat(store.stat(A, DIGEST)).contains(new BlobStat(DIGEST, BYTES.length));
        assertThat(tree.content(A.blob(DIGEST))).isEqualTo(CONTENT);
        assertThat(recorded(DIGEST)).containsExactly(A.blob(DIGEST));
        assertThat(fetch(store, A, never())).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
        assertThat(streamed()).isEmpty();
    }

    @Test
    void clientsOfANodeReadAlong() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        BlobStore store = node();

        try (InputStream first = store.fetch(A, DIGEST, source);
                InputStream second = store.fetch(A, DIGEST, never())) {
            assertThat(first.readNBytes(HALF)).isEqualTo(second.readNBytes(HALF));
            source.goOn();
            assertThat(first.readAllBytes()).isEqualTo(second.readAllBytes());
        }
    }

    @Test
    void allNodesAndRepositoriesDownloadOnce() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        List<FutureTask<String>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            BlobStore store = i == 0 ? withoutStreams() : node();
            clients.add(start(() -> fetch(store, A, source)));
            clients.add(start(() -> fetch(store, A, source)));
            clients.add(start(() -> fetch(store, B, source)));
        }

        source.goOn();

        for (FutureTask<String> client : clients) {
            assertThat(client.get()).isEqualTo(CONTENT);
        }
        assertThat(source.runs()).isEqualTo(1);
        assertThat(tree.files(List.of(A.blob(DIGEST), B.blob(DIGEST)))).isEqualTo(1);
        assertThat(uploads()).isEmpty();
        assertThat(streamed()).isEmpty();
    }

    @Test
    void aBlobOfAnotherRepositoryIsLinkedIfItsBytesMatch() throws Exception {
        BlobStore store = node();
        Images.blob(store, A, CONTENT);

        assertThat(fetch(store, B, never())).isEqualTo(CONTENT);

        assertThat(tree.files(List.of(A.blob(DIGEST), B.blob(DIGEST)))).isEqualTo(1);
        store.delete(B, DIGEST);
        Files.writeString(tree.file(A.blob(DIGEST)), "damaged");
        assertThat(fetch(store, B, whole(BYTES))).isEqualTo(CONTENT);
        assertThat(tree.content(B.blob(DIGEST))).isEqualTo(CONTENT);
    }

    @Test
    void anEmptyBlobCanBeFetched() throws Exception {
        Digest nothing = Tree.digest("");

        try (InputStream in = node().fetch(A, nothing, whole(new byte[0]))) {
            assertThat(in.readAllBytes()).isEmpty();
        }

        assertThat(node().stat(A, nothing)).contains(new BlobStat(nothing, 0));
    }

    @Test
    void aSourceThatFailsFailsTheCallAndLeavesNothing() throws Exception {
        IOException cause = new IOException("404");
        BlobSource failing = request -> {
            throw cause;
        };

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> node().fetch(A, DIGEST, failing))
                .withMessageContaining(DIGEST.toString())
                .withMessageContaining(A.value())
                .withCause(cause);

        assertThat(uploads()).isEmpty();
        assertThat(fetch(node(), A, whole(BYTES))).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONTENT of the same length", "more content than it has to be"})
    void otherBytesAreNeverKept(String sent) throws Exception {
        Digest digest = Tree.digest("content of the same length");
        BlobSource lying = request -> new BlobContent(26, new ByteArrayInputStream(sent.getBytes(UTF_8)));

        assertThat(failure(digest, lying)).isInstanceOf(InvalidContentException.class);

        assertThat(node().stat(A, digest)).isEmpty();
        assertThat(uploads()).isEmpty();
        assertThat(streamed()).isEmpty();
    }

    @Test
    void aSourceThatEndsTooEarlyHasFailedAndIsGoneOnWith() throws Exception {
        BlobSource cut = request -> new BlobContent(BYTES.length, new ByteArrayInputStream(BYTES, 0, HALF));

        assertThat(failure(DIGEST, cut)).isInstanceOf(EOFException.class);

        HalvedSource source = new HalvedSource(BYTES).goOn();
        assertThat(fetch(node(), B, source)).isEqualTo(CONTENT);
        assertThat(source.requests()).containsExactly(new BlobRequest(DIGEST, HALF, List.of()));
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aSourceThatCannotGoOnBeginsAnew() throws Exception {
        BlobSource cut = request -> new BlobContent(BYTES.length, new ByteArrayInputStream(BYTES, 0, HALF));
        failure(DIGEST, cut);

        assertThat(fetch(node(), A, whole(BYTES))).isEqualTo(CONTENT);

        assertThat(uploads()).isEmpty();
    }

    /** What a source sent that lies is in nobody's way for long. */
    @Test
    void bytesToGoOnFromThatAreWrongAreDropped() throws Exception {
        byte[] wrong = new byte[BYTES.length + 1];
        BlobSource tooLong = request -> new BlobContent(wrong.length + 1, new ByteArrayInputStream(wrong));
        BlobSource tooShort = request -> new BlobContent(BYTES.length, new ByteArrayInputStream(wrong, 0, HALF));
        HalvedSource source = new HalvedSource(BYTES).goOn();

        failure(DIGEST, tooShort);
        assertThat(failure(DIGEST, source)).isInstanceOf(InvalidContentException.class);
        assertThat(uploads()).isEmpty();
        failure(DIGEST, tooLong);

        assertThat(fetch(node(), A, source)).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aSourceThatHangsIsGivenUpAndHoldsNobodyUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        BlobSource hanging = request -> new BlobContent(BYTES.length, new DeafStream(end));
        BlobStoreOptions impatient = BlobStoreOptions.defaults().withStall(Duration.ofMillis(200));

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> BlobStore.open(root(), cache, impatient).fetch(A, DIGEST, hanging))
                .withCauseInstanceOf(TimeoutException.class);

        assertThat(fetch(withoutStreams(), A, whole(BYTES))).isEqualTo(CONTENT);
        assertThat(fetch(node(), A, never())).isEqualTo(CONTENT);
        end.countDown();
        awaitNoPull();
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aClientThatLeavesEndsTheDownloadAndTheNextGoesOnWithIt() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        try (InputStream in = node().fetch(A, DIGEST, source)) {
            in.readNBytes(HALF);
        }
        awaitNoPull();

        assertThat(fetch(node(), A, source.goOn())).isEqualTo(CONTENT);

        assertThat(source.requests().get(1).offset()).isEqualTo(HALF);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aClientThatLeavesDisturbsNobody() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        BlobStore store = node();
        InputStream first = store.fetch(A, DIGEST, source);
        FutureTask<String> waiting = start(() -> fetch(store, B, never()));
        try (InputStream second = store.fetch(A, DIGEST, never())) {
            first.close();
            source.goOn();
            assertThat(second.readAllBytes()).isEqualTo(BYTES);
        }

        assertThat(waiting.get()).isEqualTo(CONTENT);
        assertThat(source.runs()).isEqualTo(1);
    }

    @Test
    void aDownloadThatLosesItsLeaseGoesOnAndItsClientsSeeNothing() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        try (InputStream in = attentiveNode().fetch(A, DIGEST, source)) {
            in.readNBytes(HALF);
            endLeases();
            source.awaitRuns(2);
            source.goOn();
            assertThat(in.readAllBytes()).hasSize(BYTES.length - HALF);
        }

        assertThat(source.requests().get(1).offset()).isEqualTo(HALF);
        assertThat(tree.content(A.blob(DIGEST))).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aLeaseThatIsLostBehindTheLastByteDisturbsNobody() throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        ForwardingFiles losing = new ForwardingFiles() {
            @Override
            public void delete(Path file) throws IOException {
                super.delete(file);
                if (file.toString().contains("pull-") && !lost.getAndSet(true)) {
                    endLeases();
                    // Whose lease is lost is interrupted.
                    while (!Thread.interrupted()) {
                        Thread.onSpinWait();
                    }
                    throw new IOException("injected");
                }
            }
        };
        BlobStoreOptions attentive =
                BlobStoreOptions.defaults().withLease(LeaseOptions.DEFAULT.withLease(Duration.ofMillis(500)));

        assertThat(fetch(BlobStore.open(StoreRoot.open(tree.root(), losing), cache, attentive), A, whole(BYTES)))
                .isEqualTo(CONTENT);

        assertThat(tree.content(A.blob(DIGEST))).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void whoLosesItsLeaseReadsTheRestOfWhatAnotherBrought() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        BlobStore other = node();
        try (InputStream in = attentiveNode().fetch(A, DIGEST, source)) {
            in.readNBytes(HALF);
            Images.blob(other, B, CONTENT);
            endLeases();
            assertThat(in.readAllBytes()).hasSize(BYTES.length - HALF);
        }

        assertThat(tree.content(A.blob(DIGEST))).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
    }

    /** Does not hear that it is to end. */
    private static final class DeafStream extends InputStream {
        private final CountDownLatch end;

        DeafStream(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("nobody reads single bytes");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            boolean ended = false;
            while (!ended) {
                try {
                    end.await();
                    ended = true;
                } catch (InterruptedException e) {
                    // As a socket that nobody closes.
                }
            }
            return -1;
        }
    }

    private BlobStore withoutStreams() {
        return BlobStore.open(root(), cache);
    }

    /** A store with a cache and a folder of its own. */
    private BlobStore node() throws IOException {
        return node(BlobStoreOptions.defaults());
    }

    /** One that soon learns that it has lost a lease. */
    private BlobStore attentiveNode() throws IOException {
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

    private static String fetch(BlobStore store, RepositoryName repository, BlobSource source) throws IOException {
        try (InputStream in = store.fetch(repository, DIGEST, source)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Why it fails, before its first byte or behind its last. */
    private Throwable failure(Digest digest, BlobSource source) throws IOException {
        try (InputStream in = node().fetch(A, digest, source)) {
            in.readAllBytes();
            throw new AssertionError("it did not fail");
        } catch (InvalidContentException e) {
            return e;
        } catch (IOException e) {
            return Optional.ofNullable(e.getCause()).orElse(e);
        }
    }

    private static BlobSource whole(byte[] bytes) {
        return request -> new BlobContent(bytes.length, new ByteArrayInputStream(bytes));
    }

    private static BlobSource never() {
        return request -> {
            throw new AssertionError("this source must not be asked");
        };
    }

    private void endLeases() {
        Leases leases = cache.leases();
        leases.list(Optional.empty(), 100).leases().forEach(held -> leases.breakLease(held.name(), held.fence()));
    }

    private <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test-client");
        threads.add(thread);
        thread.start();
        return task;
    }

    private static void awaitNoPull() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("blobpath-pull"))) {
            Thread.onSpinWait();
        }
    }

    private Path streams() {
        return tree.root().resolve(".streams");
    }

    /** What is in the folders of streams. */
    private List<Path> streamed() {
        return below(streams()).stream()
                .filter(file -> String.valueOf(file.getFileName()).length() == 64)
                .toList();
    }

    private List<Path> uploads() {
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
