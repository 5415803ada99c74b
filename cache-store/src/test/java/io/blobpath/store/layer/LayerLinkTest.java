package io.blobpath.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is remembered of a layer. */
final class LayerLinkTest extends LayerTest {
    @Test
    void mediaTypeSizeAndBothDigestsAreRememberedUnderEither() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer(CONTENT);
        Layer whole = layer.withDiffId(digest(CONTENT));

        assertThat(text(layers.uncompressed(layer, bytes(gzip(CONTENT))))).isEqualTo(CONTENT);
        awaitLink(layers, digest(CONTENT));

        assertThat(layers.find(layer.digest())).contains(whole);
        assertThat(layers.find(digest(CONTENT))).contains(whole);
        layers.close();
        LayerCache later = layers();
        assertThat(later.find(digest(CONTENT))).contains(whole);
        assertThat(text(later.uncompressed(layer, never()))).isEqualTo(CONTENT);
    }

    @Test
    void aDamagedLinkIsForgottenAndLearnedAnew() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer(CONTENT);
        readAll(layers.compressed(layer, bytes(gzip(CONTENT))));
        awaitLink(layers, layer.digest());
        text(layers.uncompressed(layer, never()));
        awaitLink(layers, digest(CONTENT));
        try (Stream<Path> files = Files.walk(folder.resolve("layers/links"))) {
            for (Path link : files.filter(Files::isRegularFile).toList()) {
                damage(link);
            }
        }

        assertThat(layers.find(layer.digest())).isEmpty();
        assertThat(layers.find(digest(CONTENT))).isEmpty();
        assertThat(layers.delete(layer.digest())).isTrue();
        assertThat(text(layers.uncompressed(layer, bytes(gzip(CONTENT))))).isEqualTo(CONTENT);
        awaitLink(layers, digest(CONTENT));
    }

    @Test
    void aDiffIdIsEnoughWhileTheCompressedBytesAreThere() throws Exception {
        LayerCache layers = layers();
        Layer layer = gzipLayer(CONTENT).withDiffId(digest(CONTENT));
        text(layers.uncompressed(layer, bytes(gzip(CONTENT))));
        awaitLink(layers, digest(CONTENT));

        assertThat(layers.delete(digest(CONTENT))).isTrue();

        assertThat(text(layers.open(digest(CONTENT)).orElseThrow())).isEqualTo(CONTENT);
        assertThat(layers.delete(digest(CONTENT))).isTrue();
        assertThat(layers.delete(layer.digest())).isTrue();
        assertThat(layers.open(digest(CONTENT))).isEmpty();
    }

    private static void damage(Path link) throws IOException {
        if (Files.size(link) > 0) {
            try (FileChannel file = FileChannel.open(link, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap("X".getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
