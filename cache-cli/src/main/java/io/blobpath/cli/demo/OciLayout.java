package io.blobpath.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one repository as the OCI image specification has it: {@code oci-layout}, {@code index.json} and blobs named by their
 * digest ("Image Layout"), a manifest and a config for each image.
 */
final class OciLayout {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final String CREATED = "2026-01-01T00:00:00Z";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;
    private final List<Descriptor> manifests = new ArrayList<>();

    private record Descriptor(String mediaType, String digest, long size, Map<String, String> annotations) {}

    private record Manifest(int schemaVersion, String mediaType, Descriptor config, List<Descriptor> layers) {}

    private record Index(int schemaVersion, List<Descriptor> manifests) {}

    private record Config(String created, String architecture, String os, RootFs rootfs, List<History> history) {}

    @SuppressWarnings("RecordComponentName") // Names of the specification.
    private record RootFs(String type, List<String> diff_ids) {}

    @SuppressWarnings("RecordComponentName")
    private record History(String created, String created_by) {}

    OciLayout(Path folder) {
        this.folder = folder;
    }

    /** Adds an image. */
    void image(String tag, List<Layer> layers) throws IOException {
        List<Descriptor> stored = new ArrayList<>();
        for (Layer layer : layers) {
            stored.add(blob(LAYER, layer.gzip(), Map.of()));
        }
        Config config = new Config(
                CREATED,
                "amd64",
                "linux",
                new RootFs(
                        "layers",
                        layers.stream().map(layer -> layer.diffId().toString()).toList()),
                layers.stream()
                        .map(layer -> new History(CREATED, "install " + layer.name()))
                        .toList());
        Manifest manifest = new Manifest(2, MANIFEST, blob(CONFIG, JSON.writeValueAsBytes(config), Map.of()), stored);
        manifests.add(blob(MANIFEST, JSON.writeValueAsBytes(manifest), Map.of(TAG, tag)));
    }

    /** Writes what makes the folder a layout, last. */
    void finish() throws IOException {
        Files.write(folder.resolve("index.json"), JSON.writeValueAsBytes(new Index(2, manifests)));
        Files.write(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
    }

    static Digest sha256(byte[] bytes) {
        try {
            return Digest.of(
                    DigestAlgorithm.SHA256, MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Descriptor blob(String mediaType, byte[] bytes, Map<String, String> annotations) throws IOException {
        Digest digest = sha256(bytes);
        Path blobs = Files.createDirectories(
                folder.resolve("blobs").resolve(digest.algorithm().id()));
        Files.write(blobs.resolve(digest.hex()), bytes);
        return new Descriptor(mediaType, digest.toString(), bytes.length, annotations);
    }
}
