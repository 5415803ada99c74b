package io.blobpath.cli;

// embedding.md begins
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

final class EmbeddingSample {
    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final RepositoryName FORK = new RepositoryName("fork/app");

    private EmbeddingSample() {}

    static void run(Path root, Path config, PrintStream out) throws IOException, NoSuchAlgorithmException {
        // The config selects the driver: LMDB on one host, Redis or another on many.
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.load(config))) {
            BlobStore store = BlobStore.open(StoreRoot.open(root), cache);

            Digest layer = push(store, "the bytes of a layer");
            Digest settings = push(store, "{}");
            String manifest = """
                    {"schemaVersion": 2,
                     "config": {"digest": "%s", "size": 2},
                     "layers": [{"digest": "%s", "size": 20}]}""".formatted(settings, layer);
            Digest image = store.putManifest(APP, ManifestReference.parse("1.0"), bytes(manifest));
            out.println("pushed " + image + ", tags " + store.tags(APP));

            // Check first that this client may read there: a mount asks no one.
            store.mount(APP, FORK, layer).ifPresent(blob -> out.println("mounted " + blob.size() + " bytes"));
            out.println("repositories " + store.repositories());
        }
    }

    private static Digest push(BlobStore store, String content) throws IOException, NoSuchAlgorithmException {
        byte[] bytes = bytes(content);
        // A registry has the digest from its client; here it is computed.
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        Digest digest = Digest.parse("sha256:" + HexFormat.of().formatHex(hash));
        if (store.stat(APP, digest).isEmpty()) {
            store.publish(APP, digest, bytes.length, new ByteArrayInputStream(bytes));
        }
        return digest;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
// embedding.md ends
