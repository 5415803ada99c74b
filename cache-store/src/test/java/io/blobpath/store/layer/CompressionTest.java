package io.blobpath.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What compresses layers. */
final class CompressionTest extends LayerTest {
    private static final String ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";

    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.layer.v1.tar, NONE",
        "application/vnd.oci.image.layer.v1.tar+gzip, GZIP",
        "application/vnd.oci.image.layer.v1.tar+zstd, ZSTD",
        "application/vnd.docker.image.rootfs.diff.tar.gzip, GZIP",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip, GZIP",
        "application/gzip; q=1, GZIP",
        "Application/ZSTD, ZSTD",
        "application/vnd.dev.cosign.simplesigning.v1+json, NONE",
        "text/gzipped, NONE"
    })
    void theMediaTypeTells(String mediaType, Compression compression) {
        assertThat(Compression.of(mediaType)).isEqualTo(compression);
    }

    @Test
    void aLayerMayHaveManyMembers() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder content = new StringBuilder();
        for (int member = 0; member < 500; member++) {
            String text = "member " + member + ' ' + "x".repeat(member);
            content.append(text);
            bytes.write(gzip(text));
        }

        assertThat(uncompressed(bytes.toByteArray(), GZIP)).isEqualTo(content.toString());
    }

    @Test
    void aLayerMayBeCompressedWithZstdInFrames() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Zstd.compress(CONTENT.getBytes(StandardCharsets.UTF_8)));
        bytes.write(Zstd.compress("and more".getBytes(StandardCharsets.UTF_8)));

        assertThat(uncompressed(bytes.toByteArray(), ZSTD)).isEqualTo(CONTENT + "and more");
    }

    @Test
    void aLayerThatIsNotCompressedIsOneEntry() throws Exception {
        assertThat(uncompressed(CONTENT.getBytes(StandardCharsets.UTF_8), TAR)).isEqualTo(CONTENT);
        assertThat(entries("layers")).isEqualTo(1);
    }

    private String uncompressed(byte[] bytes, String mediaType) throws Exception {
        return text(layers().uncompressed(new Layer(digest(bytes), bytes.length, mediaType), bytes(bytes)));
    }
}
