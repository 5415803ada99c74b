package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cli.demo.DemoTree;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tree that umoci and skopeo wrote, if they are on the PATH; else images of our own, whose files differ in the same way. */
final class RealToolsTest {
    private static final boolean TOOLS = Stream.of("umoci", "skopeo").allMatch(RealToolsTest::isInstalled);

    @TempDir
    Path folder;

    private final List<String> images = new ArrayList<>();
    private Path root;

    @BeforeEach
    void makeTree() throws IOException, InterruptedException {
        root = Files.createDirectories(folder.resolve("root"));
        if (TOOLS) {
            writeWithTools();
        } else {
            writeOurselves();
        }
    }

    @Test
    void theTreeIsSmallerAndEveryToolStillReadsIt() throws IOException, InterruptedException {
        long before = bytesOnDisk();

        Run strict = Run.of("dedupe", root, "--apply");
        long between = bytesOnDisk();
        Run wide = Run.of("dedupe", root, "--apply", "--ignore-mode");
        long after = bytesOnDisk();

        assertThat(strict.exitCode()).isZero();
        assertThat(strict.out()).contains("skipped: other mode: ", "--ignore-mode gives all of them one");
        assertThat(between).isLessThan(before);
        assertThat(wide.exitCode()).isZero();
        assertThat(wide.out()).doesNotContain("other mode");
        assertThat(after).isLessThan(between).isEqualTo(bytesOfDistinctBlobs());
        assertThat(ManyBlobs.in(root)).isNotEmpty().allMatch(ManyBlobs::isWhole);
        for (String image : images) {
            run("skopeo", "inspect", "oci:" + root.resolve(image));
        }
    }

    @Test
    void aDayOfPushesMountsMovedTagsAndCollectionsLeavesATreeThatToolsRead() throws Exception {
        RepositoryName first = new RepositoryName(TOOLS ? "app" : "library/java");
        ManifestReference tag = ManifestReference.parse(TOOLS ? "1" : "17");
        RepositoryName pushed = new RepositoryName("pushed/deep");
        try (BlobPathCache cache = CacheSource.embeddedIn(StoreRoot.open(root)).open()) {
            BlobStore store = BlobStore.open(StoreRoot.open(root), cache);
            byte[] manifest = store.manifest(first, tag).orElseThrow().content();
            for (Digest digest : references(manifest)) {
                assertThat(store.mount(first, pushed, digest)).isPresent();
            }
            byte[] layer = "pushed by a program".getBytes(UTF_8);
            store.publish(pushed, SmallTree.sha256(layer), layer.length, new ByteArrayInputStream(layer));
            store.putManifest(pushed, tag, manifest);
            store.putManifest(first, tag, annotated(manifest));
        }
        int before = ManyBlobs.in(root).size();

        Run collected = Run.of("gc", root, "--grace", "0s", "--apply");
        Run verified = Run.of("verify", root);

        assertThat(collected.exitCode()).isZero();
        assertThat(ManyBlobs.in(root))
                .as("the layer, the manifest that lost its tag, and what the tools have left")
                .hasSizeLessThanOrEqualTo(before - 2)
                .allMatch(ManyBlobs::isWhole);
        assertThat(verified.exitCode()).as("%s", verified.out()).isZero();
        if (TOOLS) {
            images.add(pushed + ":1");
        }
        for (String image : images) {
            run("skopeo", "copy", "--quiet", "oci:" + root.resolve(image), "dir:" + folder.resolve("copied"));
        }
    }

    private static List<Digest> references(byte[] manifest) {
        JsonNode document = JsonMapper.shared().readTree(manifest);
        return Stream.concat(
                        Stream.of(document.get("config")),
                        document.get("layers").valueStream())
                .map(descriptor -> Digest.parse(descriptor.get("digest").asString()))
                .toList();
    }

    private static byte[] annotated(byte[] manifest) {
        ObjectNode document = JsonMapper.shared().readTree(manifest).asObject();
        document.withObjectProperty("annotations").put("moved", "yes");
        return JsonMapper.shared().writeValueAsBytes(document);
    }

    /** Of umoci's blobs others may not read a byte, of skopeo's they may. */
    private void writeWithTools() throws IOException, InterruptedException {
        byte[] content = new byte[1 << 20];
        new Random(1).nextBytes(content);
        Path big = Files.write(folder.resolve("big"), content);
        Files.createDirectories(root.resolve("team/deep"));
        Path first = root.resolve("app");
        run("umoci", "init", "--layout", first.toString());
        run("umoci", "new", "--image", first + ":1");
        run("umoci", "insert", "--rootless", "--image", first + ":1", big.toString(), "/big");
        for (String copy : List.of("copy", "team/deep/app")) {
            run("skopeo", "copy", "--quiet", "oci:" + first + ":1", "oci:" + root.resolve(copy) + ":1");
        }
        images.addAll(List.of("app:1", "copy:1", "team/deep/app:1"));
    }

    private void writeOurselves() throws IOException {
        DemoTree.write(root);
        for (Path blob : ManyBlobs.in(root.resolve("library/base"))) {
            Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** As {@code du --apparent-size} has it: each file once. */
    private long bytesOnDisk() throws IOException {
        return bytes(ManyBlobs.in(root).stream().map(RealToolsTest::inodeAndSize));
    }

    private long bytesOfDistinctBlobs() throws IOException {
        return bytes(ManyBlobs.in(root).stream()
                .map(blob -> new NamedSize(blob.getFileName().toString(), size(blob))));
    }

    private record NamedSize(String name, long size) {}

    private static long bytes(Stream<NamedSize> files) {
        return files.distinct().mapToLong(NamedSize::size).sum();
    }

    private static NamedSize inodeAndSize(Path file) {
        try {
            return new NamedSize(Files.getAttribute(file, "unix:ino").toString(), size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s", List.of(command))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s: %s", List.of(command), Files.readString(said))
                .isZero();
    }
}
