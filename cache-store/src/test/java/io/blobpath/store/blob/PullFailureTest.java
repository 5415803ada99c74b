package io.blobpath.store.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.cache.Digest;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobRequest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.SourceException;
import io.blobpath.store.fixture.HalvedSource;
import io.blobpath.store.fixture.Tree;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs from elsewhere whose sources fail, lie or hang. */
@Timeout(120)
final class PullFailureTest extends PullFixture {
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
}
