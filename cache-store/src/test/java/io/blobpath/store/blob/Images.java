package io.blobpath.store.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.Digest;
import io.blobpath.store.fixture.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Makes small images. */
final class Images {
    private Images() {}

    /** Publishes a blob with this content. */
    static Digest blob(BlobStore store, RepositoryName repository, String content) throws IOException {
        byte[] bytes = content.getBytes(UTF_8);
        return store.publish(repository, Tree.digest(content), bytes.length, new ByteArrayInputStream(bytes))
                .digest();
    }

    /** A manifest with a config and these layers, named by their contents. */
    static byte[] manifest(String config, String... layers) {
        StringBuilder json = new StringBuilder("{\"schemaVersion\":2,"
                + "\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":" + descriptor(config)
                + ",\"layers\":[");
        for (int i = 0; i < layers.length; i++) {
            json.append(i == 0 ? "" : ",").append(descriptor(layers[i]));
        }
        return json.append("]}").toString().getBytes(UTF_8);
    }

    /** An index of these manifests. */
    static byte[] index(List<byte[]> manifests) {
        StringBuilder json = new StringBuilder("{\"schemaVersion\":2,\"manifests\":[");
        for (int i = 0; i < manifests.size(); i++) {
            json.append(i == 0 ? "" : ",").append(descriptor(new String(manifests.get(i), UTF_8)));
        }
        return json.append("]}").toString().getBytes(UTF_8);
    }

    /** Publishes the blobs of an image with one layer, and its manifest. */
    static Digest image(BlobStore store, RepositoryName repository, String reference, String layer) throws IOException {
        blob(store, repository, "config");
        blob(store, repository, layer);
        return store.putManifest(repository, ManifestReference.parse(reference), manifest("config", layer));
    }

    /** The bytes of a text. */
    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** The text of bytes. */
    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** What a manifest says to refer to this content. */
    static String descriptor(String content) {
        return "{\"digest\":\"" + Tree.digest(content) + "\",\"size\":" + content.getBytes(UTF_8).length + "}";
    }
}
