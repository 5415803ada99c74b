package io.blobpath.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.store.BlobSource;
import io.blobpath.store.stream.StreamFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Downloads that fail, or bring other bytes than those of the layer. */
final class WrongLayerTest extends LayerTest {
    @Test
    void otherBytesThanTheDigestsAreAFailureAndNotKept() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer("right");
        BlobSource forged = bytes(gzip("wrong"));

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(layers.compressed(layer, forged)))
                .withMessageContaining(digest(gzip("wrong")).toString());
        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(layers.uncompressed(layer, forged)));

        assertThat(entries("layers")).isZero();
        assertThat(records(layer.digest())).isEmpty();
        assertThat(readAll(layers.compressed(layer, bytes(gzip("right"))))).isEqualTo(gzip("right"));
    }

    @Test
    void aSourceThatSendsMoreThanTheSizeIsCutOff() throws Exception {
        LayerCache layers = layers();
        Layer layer = new Layer(digest("12345"), 5, TAR);

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(layers.compressed(layer, bytes("123456".getBytes(StandardCharsets.UTF_8)))))
                .withMessageContaining("5 bytes");
    }

    @Test
    void bytesThatDoNotMatchTheDiffIdAreNotKept() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer("content").withDiffId(digest("something else"));

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(layers.uncompressed(layer, bytes(gzip("content")))));

        assertThat(layers.contains(digest("something else"))).isFalse();
        assertThat(layers.find(digest("something else"))).isEmpty();
        assertThat(layers.contains(layer.digest())).isTrue();
    }

    @Test
    void aLayerThatEndsInTheMiddleOfItsCompressionIsAFailure() throws Exception {
        LayerCache layers = layers();
        byte[] cut = Arrays.copyOf(gzip(CONTENT), gzip(CONTENT).length - 20);
        Layer layer = new Layer(digest(cut), cut.length, GZIP);

        for (int again = 0; again < 2; again++) {
            assertThatExceptionOfType(StreamFailedException.class)
                    .isThrownBy(() -> readAll(layers.uncompressed(layer, bytes(cut))));
        }

        assertThat(entries("layers")).isEqualTo(1);
    }

    @Test
    void aFailedDownloadReachesEveryReaderAndTheNextCallerDownloadsAnew() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer(CONTENT);
        IOException cause = new IOException("boom");
        BlobSource failing = request -> {
            throw cause;
        };

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(layers.compressed(layer, failing)))
                .withCause(cause);

        assertThat(text(layers.uncompressed(layer, bytes(gzip(CONTENT))))).isEqualTo(CONTENT);
    }

    @Test
    void aReadOnlyViewRefusesForgedBytesToo() throws Exception {
        LayerCache view = layers().readOnly();

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(view.compressed(gzipLayer("right"), bytes(gzip("wrong")))));
    }
}
