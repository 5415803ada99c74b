package io.blobpath.cli;

// embedding.md begins
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.BlobStoreOptions;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamCacheOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

    /** What a mirror does: it has what was asked for once, and brings the rest, once for all its nodes. */
    static void mirror(Path root, Path config, Path folder, BlobSource upstream, Digest digest, PrintStream out)
            throws IOException {
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.load(config));
                StreamCache streams = StreamCache.open(folder, StreamCacheOptions.defaults())) {
            BlobStore store = BlobStore.open(StoreRoot.open(root), cache, BlobStoreOptions.defaults(), streams);

            // An upstream over HTTP asks for the range from request.offset(), and looks whether it got one.
            try (InputStream blob = store.fetch(APP, digest, upstream)) {
                out.println("served " + new String(blob.readAllBytes(), StandardCharsets.UTF_8)); // while it arrives
            }
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
