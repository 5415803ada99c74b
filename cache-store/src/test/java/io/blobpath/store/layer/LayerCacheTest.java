package io.blobpath.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blobpath.cache.Digest;
import io.blobpath.store.fixture.HalvedSource;
import io.blobpath.store.stream.Outcome;
import io.blobpath.store.stream.StreamReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** One cache. */
final class LayerCacheTest extends LayerTest {
    @Test
    void theFirstReaderDownloadsTheNextReadAlongAndTheLastHits() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer(CONTENT);
        HalvedSource source = new HalvedSource(gzip(CONTENT));

        StreamReader first = closing(layers.compressed(layer, source));
        StreamReader second = closing(layers.compressed(layer, never()));
        int half = (int) layer.size() / 2;
        assertThat(second.read(ByteBuffer.allocate(half))).isPositive();
        source.goOn();

        assertThat(readAll(first)).isEqualTo(gzip(CONTENT));
        assertThat(second.position() + readAll(second).length).isGreaterThanOrEqualTo(layer.size());
        assertThat(readAll(layers.compressed(layer, never()))).isEqualTo(gzip(CONTENT));
        assertThat(source.runs()).isEqualTo(1);
        assertThat(layers.stats().opened(Outcome.HIT)).isEqualTo(1);
    }

    @Test
    void theUncompressedBytesComeWhileTheDownloadRuns() throws Exception {
        LayerCache layers = layers();
        String random = random();
        Layer layer = gzipLayer(random);
        HalvedSource source = new HalvedSource(gzip(random));

        StreamReader reader = closing(layers.uncompressed(layer, source));
        assertThat(reader.read(ByteBuffer.allocate(100))).isEqualTo(100);
        source.goOn();

        assertThat(text(reader)).isEqualTo(random.substring(100));
    }

    @Test
    void compressedAndUncompressedReadersShareOneDownload() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer(CONTENT);
        HalvedSource source = new HalvedSource(gzip(CONTENT));
        List<FutureTask<byte[]>> compressed = new ArrayList<>();
        List<FutureTask<String>> uncompressed = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            compressed.add(start(() -> readAll(layers.compressed(layer, source))));
            uncompressed.add(start(() -> text(layers.uncompressed(layer, source))));
        }

        source.goOn();

        for (FutureTask<byte[]> reader : compressed) {
            assertThat(reader.get()).isEqualTo(gzip(CONTENT));
        }
        for (FutureTask<String> reader : uncompressed) {
            assertThat(reader.get()).isEqualTo(CONTENT);
        }
        assertThat(source.runs()).isEqualTo(1);
        assertThat(entries("layers")).isEqualTo(2);
    }

    @Test
    void eachOfTheTwoHasAFileAndDeleteRemovesExactlyOne() throws Exception {
        LayerCache layers = layers();
        List<Layer> all = List.of(gzipLayer("one"), gzipLayer("two"), gzipLayer("three"));
        List<String> contents = List.of("one", "two", "three");

        for (int i = 0; i < 3; i++) {
            readAll(layers.compressed(all.get(i), bytes(gzip(contents.get(i)))));
        }
        assertThat(entries("layers")).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            Layer whole = all.get(i).withDiffId(digest(contents.get(i)));
            assertThat(text(layers.uncompressed(whole, never()))).isEqualTo(contents.get(i));
        }
        assertThat(entries("layers")).isEqualTo(6);

        assertThat(layers.delete(all.get(0).digest())).isTrue();
        assertThat(layers.delete(all.get(0).digest())).isFalse();
        assertThat(entries("layers")).isEqualTo(5);
        assertThat(layers.contains(digest("one"))).isTrue();
        assertThat(layers.open(all.get(0).digest())).isEmpty();

        assertThat(readAll(layers.compressed(all.get(0), bytes(gzip("one"))))).isEqualTo(gzip("one"));
        assertThat(entries("layers")).isEqualTo(6);
    }

    @Test
    void aLayerOfTwoImagesIsOneEntry() throws Exception {
        LayerCache layers = layers();
        HalvedSource source = new HalvedSource(gzip("shared")).goOn();

        for (String own : List.of("first image", "second image")) {
            readAll(layers.compressed(gzipLayer("shared"), source));
            readAll(layers.compressed(gzipLayer(own), bytes(gzip(own))));
        }

        assertThat(source.runs()).isEqualTo(1);
        assertThat(entries("layers")).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsAnswered() throws Exception {
        LayerCache layers = layers();
        Digest unknown = digest("unknown");

        assertThat(layers.open(unknown)).isEmpty();
        assertThat(layers.find(unknown)).isEmpty();
        assertThat(layers.contains(unknown)).isFalse();
        assertThat(layers.delete(unknown)).isFalse();
        assertThat(entries("layers")).isZero();
    }

    @Test
    void deletingDisturbsNoReader() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer(CONTENT);
        HalvedSource source = new HalvedSource(gzip(CONTENT));
        StreamReader growing = closing(layers.compressed(layer, source));
        assertThat(growing.read(ByteBuffer.allocate(1))).isEqualTo(1);

        assertThat(layers.delete(layer.digest())).isTrue();
        byte[] anew = readAll(layers.compressed(layer, bytes(gzip(CONTENT))));
        StreamReader complete = closing(layers.compressed(layer, never()));
        assertThat(layers.delete(layer.digest())).isTrue();
        source.goOn();

        assertThat(anew).isEqualTo(gzip(CONTENT));
        assertThat(readAll(growing)).hasSize((int) layer.size() - 1);
        assertThat(readAll(complete)).isEqualTo(gzip(CONTENT));
        assertThat(layers.contains(layer.digest())).isFalse();
    }

    @Test
    void aReadOnlyViewShowsWhatIsThereAndChangesNothing() throws Exception {
        LayerCache layers = layers();
        LayerCache view = layers.readOnly();
        Layer layer = gzipLayer(CONTENT).withDiffId(digest(CONTENT));

        assertThat(readAll(view.compressed(layer, bytes(gzip(CONTENT))))).isEqualTo(gzip(CONTENT));
        assertThat(text(view.uncompressed(layer, bytes(gzip(CONTENT))))).isEqualTo(CONTENT);
        assertThat(entries("layers")).isZero();
        assertThat(view.find(layer.digest())).isEmpty();

        readAll(layers.compressed(layer, bytes(gzip(CONTENT))));
        assertThat(readAll(view.compressed(layer, never()))).isEqualTo(gzip(CONTENT));
        assertThat(text(view.uncompressed(layer, never()))).isEqualTo(CONTENT);
        assertThat(view.delete(layer.digest())).isFalse();
        assertThat(view.readOnly()).isSameAs(view);
        view.close();
        assertThat(entries("layers")).isEqualTo(1);

        assertThat(layers.delete(layer.digest())).isTrue();
        assertThat(view.contains(layer.digest())).isFalse();
        assertThat(view.open(layer.digest())).isEmpty();
    }

    @Test
    void aLayerIsWellDescribed() {
        Digest blake3 = Digest.parse("blake3:" + "0".repeat(64));

        assertThatIllegalArgumentException().isThrownBy(() -> new Layer(digest("x"), -1, TAR));
        assertThatIllegalArgumentException().isThrownBy(() -> new Layer(digest("x"), 1, " "));
        assertThatIllegalArgumentException().isThrownBy(() -> new Layer(digest("x"), 1, "a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Layer(blake3, 1, TAR));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withName("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withName(""));
    }

    /** Does not get much smaller when it is compressed. */
    private static String random() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append(digest(Integer.toString(i)).hex());
        }
        return text.toString();
    }
}
