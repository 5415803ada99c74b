package io.blobpath.benchmarks.store;

import io.blobpath.cache.Digest;
import io.blobpath.store.file.BlobHashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small images, all different. */
final class Images {
    private static final int MANIFESTS = 10;
    private static final int LAYERS = 9;

    private Images() {}

    /** Writes so many repositories of ten manifests of ten blobs, as files, without a store. */
    static void write(Path root, int repositories) throws IOException {
        for (int repository = 0; repository < repositories; repository++) {
            Path layout = root.resolve("group-" + repository % 10).resolve("repository-" + repository);
            Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
            StringBuilder index = new StringBuilder();
            for (int manifest = 0; manifest < MANIFESTS; manifest++) {
                String name = repository + " " + manifest;
                for (int layer = 0; layer <= LAYERS; layer++) {
                    blob(blobs, bytes(name + " " + layer));
                }
                byte[] content = manifest(name);
                blob(blobs, content);
                index.append(manifest == 0 ? "" : ",").append(descriptor(content));
            }
            Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + index + "]}");
        }
    }

    /** A manifest of a config and nine layers, whose contents are the name and a number. */
    private static byte[] manifest(String name) {
        return bytes("{\"schemaVersion\":2,\"config\":" + descriptor(bytes(name + " 0")) + ",\"layers\":["
                + Stream.iterate(1, layer -> layer <= LAYERS, layer -> layer + 1)
                        .map(layer -> descriptor(bytes(name + " " + layer)))
                        .collect(Collectors.joining(","))
                + "]}");
    }

    /** A manifest of this config and layer. */
    static byte[] manifest(byte[] config, byte[] layer) {
        return bytes(
                "{\"schemaVersion\":2,\"config\":" + descriptor(config) + ",\"layers\":[" + descriptor(layer) + "]}");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void blob(Path folder, byte[] content) throws IOException {
        Files.write(folder.resolve(BlobHashes.sha256(content).hex()), content);
    }

    private static String descriptor(byte[] content) {
        Digest digest = BlobHashes.sha256(content);
        return "{\"mediaType\":\"application/octet-stream\",\"digest\":\"" + digest + "\",\"size\":" + content.length
                + "}";
    }
}
