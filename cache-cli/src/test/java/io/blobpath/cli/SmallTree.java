package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Two repositories, each with its own copy of one blob. */
record SmallTree(Path root, Digest shared) {
    private static final byte[] SHARED = "the same bytes in two repositories".getBytes(UTF_8);

    static SmallTree in(Path root) throws IOException {
        SmallTree tree = new SmallTree(root, sha256(SHARED));
        for (String repository : new String[] {"a", "team/b"}) {
            Path folder = Files.createDirectories(root.resolve(repository));
            Files.createDirectories(folder.resolve("blobs/sha256"));
            Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            Files.writeString(folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
            Files.write(tree.blob(repository), SHARED);
        }
        return tree;
    }

    Path blob(String repository) {
        return root.resolve(repository).resolve("blobs/sha256").resolve(shared.hex());
    }

    boolean linked() throws IOException {
        return Files.isSameFile(blob("a"), blob("team/b"));
    }

    static Digest sha256(byte[] bytes) {
        try {
            return Digest.of(
                    DigestAlgorithm.SHA256, MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
