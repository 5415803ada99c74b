package io.blobpath.store.layer;

import io.blobpath.cache.Digest;
import io.blobpath.store.file.BlobHashes;
import java.util.Optional;

/**
 * A layer, as the manifest and the config of an image describe it.
 *
 * @param digest of the bytes as they are downloaded, with an algorithm that can be verified here
 * @param size how many these are
 * @param mediaType what they are; its end tells how they are compressed, {@code gzip} or {@code zstd}, or not at all
 * @param diffId the digest of the uncompressed bytes, if it is known
 */
public record Layer(Digest digest, long size, String mediaType, Optional<Digest> diffId) {
    private static final int LIMIT = 255;

    /** Refuses what no manifest can say, and digests that cannot be verified. */
    public Layer {
        requireVerifiable(digest);
        diffId.ifPresent(Layer::requireVerifiable);
        if (size < 0) {
            throw new IllegalArgumentException(
                    "the size of layer " + digest + " was " + size + " but it is never negative");
        }
        if (mediaType.isBlank()
                || mediaType.length() > LIMIT
                || mediaType.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the media type of layer " + digest + " must be 1 to " + LIMIT + " printable characters");
        }
    }

    /** A layer whose diffID is not known. */
    public Layer(Digest digest, long size, String mediaType) {
        this(digest, size, mediaType, Optional.empty());
    }

    /** The same with this diffID. */
    public Layer withDiffId(Digest value) {
        return new Layer(digest, size, mediaType, Optional.of(value));
    }

    private static void requireVerifiable(Digest digest) {
        if (!BlobHashes.canVerify(digest.algorithm())) {
            throw new IllegalArgumentException(
                    "the digest " + digest + " of a layer cannot be verified here; use sha256 or sha512");
        }
    }
}
