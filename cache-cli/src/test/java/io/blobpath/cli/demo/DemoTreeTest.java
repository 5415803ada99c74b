package io.blobpath.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DemoTreeTest {
    @TempDir
    Path root;

    /** What a client does that pulls an image: follow every digest and compare it with the bytes. */
    @Test
    void everyImageCanBeFollowedFromItsTagToItsFiles() throws IOException {
        for (String image : DemoTree.write(root)) {
            int colon = image.indexOf(':');
            Path layout = root.resolve(image.substring(0, colon));
            JsonNode manifest = json(blob(layout, descriptor(layout, image.substring(colon + 1))));
            JsonNode diffIds =
                    json(blob(layout, manifest.get("config"))).get("rootfs").get("diff_ids");

            assertThat(diffIds.size()).isEqualTo(manifest.get("layers").size());
            for (int i = 0; i < diffIds.size(); i++) {
                byte[] tar = unzip(blob(layout, manifest.get("layers").get(i)));
                assertThat(OciLayout.sha256(tar).toString())
                        .isEqualTo(diffIds.get(i).asString());
            }
        }
    }

    private static JsonNode descriptor(Path layout, String tag) throws IOException {
        assertThat(json(Files.readAllBytes(layout.resolve("oci-layout")))
                        .get("imageLayoutVersion")
                        .asString())
                .isEqualTo("1.0.0");
        return json(Files.readAllBytes(layout.resolve("index.json")))
                .get("manifests")
                .valueStream()
                .filter(each -> each.at("/annotations/org.opencontainers.image.ref.name")
                        .asString()
                        .equals(tag))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] blob(Path layout, JsonNode descriptor) throws IOException {
        Digest digest = Digest.parse(descriptor.get("digest").asString());
        byte[] bytes = Files.readAllBytes(layout.resolve("blobs/sha256").resolve(digest.hex()));
        assertThat(OciLayout.sha256(bytes)).isEqualTo(digest);
        assertThat((long) bytes.length).isEqualTo(descriptor.get("size").asLong());
        return bytes;
    }

    private static byte[] unzip(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    private static JsonNode json(byte[] bytes) {
        return JsonMapper.shared().readTree(bytes);
    }
}
