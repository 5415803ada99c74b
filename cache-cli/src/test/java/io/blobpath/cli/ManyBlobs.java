package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Repositories that all have the same few blobs, each in files of its own. */
final class ManyBlobs {
    static final int BLOBS = 20;
    private static final String HALF_MADE = ".half-made";

    private ManyBlobs() {}

    /** Makes the repository in one step, so that one half-made by a process that was killed is never seen. */
    static void repository(Path root, String name) throws IOException {
        Path folder = root.resolve(HALF_MADE);
        Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
        for (int i = 0; i < BLOBS; i++) {
            byte[] content = ("blob " + i).getBytes(UTF_8);
            Files.write(blobs.resolve(SmallTree.sha256(content).hex()), content);
        }
        Files.writeString(folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.move(folder, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** All files that are named by a digest. */
    static List<Path> in(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/blobs/sha256/"))
                    .filter(file -> !file.startsWith(root.resolve(HALF_MADE)))
                    .toList();
        }
    }

    /** Whether the bytes match the name. */
    static boolean isWhole(Path blob) {
        try {
            Digest digest = SmallTree.sha256(Files.readAllBytes(blob));
            return digest.hex().equals(blob.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many files the blobs take, each counted once however many names it has. */
    static long files(Path root) throws IOException {
        return in(root).stream().map(ManyBlobs::key).distinct().count();
    }

    private static Object key(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
