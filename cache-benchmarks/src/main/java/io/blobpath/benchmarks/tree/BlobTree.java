package io.blobpath.benchmarks.tree;

import io.blobpath.store.file.BlobHashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes a tree of OCI layouts in which every second blob is also in the next repository. */
final class BlobTree {
    private static final int PER_REPOSITORY = 1000;
    private static final int SMALLEST = 200;
    private static final int LARGEST = 12_000;
    private static final long SEED = 1;

    private BlobTree() {}

    /** Writes so many files of blobs. */
    static void write(Path root, int files) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        int repositories = Math.max(2, files / PER_REPOSITORY);
        Map<String, byte[]> shared = Map.of();
        for (int repository = 0; repository < repositories; repository++) {
            Path layout = root.resolve("group-" + repository % 10).resolve("image-" + repository);
            Path blobs = Files.createDirectories(layout.resolve("blobs").resolve("sha256"));
            for (Map.Entry<String, byte[]> blob : shared.entrySet()) {
                Files.write(blobs.resolve(blob.getKey()), blob.getValue());
            }
            Map<String, byte[]> kept = new LinkedHashMap<>();
            int fresh = files / repositories - shared.size();
            for (int number = 0; number < fresh; number++) {
                byte[] bytes = new byte[random.nextInt(SMALLEST, LARGEST)];
                random.nextBytes(bytes);
                String name = BlobHashes.sha256(bytes).hex();
                Files.write(blobs.resolve(name), bytes);
                if (repository % 2 == 0) {
                    kept.put(name, bytes);
                }
            }
            shared = kept;
            Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
            Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        }
    }
}
