package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import io.blobpath.store.fixture.HalvedSource;
import io.blobpath.store.fixture.Tree;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blobs from elsewhere: one download for all nodes, read while it arrives. */
@Timeout(120)
final class PullArrivalTest extends PullFixture {
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
}
