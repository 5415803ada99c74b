package io.blobpath.store;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.util.Optional;

/**
 * The names in a store: {@code <repository...>/{oci-layout,index.json,blobs/<algorithm>/<hex>}}, as the OCI image layout has
 * them and zot and skopeo write them.
 */
public final class StoreLayout {
    /** The file that makes a folder an OCI image layout. */
    public static final String MARKER = "oci-layout";

    /** The file with the manifests of a layout. */
    public static final String INDEX = "index.json";

    /** The folder of blobs in a layout. */
    public static final String BLOBS = "blobs";

    /** The cache's own folder below the root. */
    public static final String OWN = ".blobpath";

    private StoreLayout() {}

    /**
     * Whether a folder of this name may hold repositories. Names with a leading dot are for tools: uploads, snapshots, our
     * own; no repository of the distribution specification has one.
     */
    public static boolean mayHoldRepositories(String name) {
        return !name.startsWith(".");
    }

    /** The digest that a file of this name in {@code blobs/<algorithm>} has; empty if it is no blob's name. */
    public static Optional<Digest> digest(DigestAlgorithm algorithm, String name) {
        if (name.length() != 2 * algorithm.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(algorithm.id() + ':' + name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the layout of some repository has the blob with this digest at this path. */
    public static boolean isBlob(Digest digest, BlobPath path) {
        String text = path.toString();
        String expected = BLOBS + '/' + digest.algorithm().id() + '/' + digest.hex();
        int start = text.length() - expected.length();
        return text.endsWith(expected)
                && (start == 0 || text.charAt(start - 1) == '/')
                && !text.startsWith(".")
                && !text.contains("/.");
    }
}
