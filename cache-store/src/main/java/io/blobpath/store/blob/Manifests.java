package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import tools.jackson.databind.node.ObjectNode;

/** Reads manifests that are blobs, and believes them only if they match their digest. */
final class Manifests {
    private Manifests() {}

    /** @throws InvalidContentException if it is not there, does not match its digest or is no document */
    static ObjectNode read(FileOperations files, Path file, Digest digest, String what) throws IOException {
        return Documents.parse(bytes(files, file, digest, what), what);
    }

    /** @throws InvalidContentException if it is not there, is too long for a manifest or does not match its digest */
    static byte[] bytes(FileOperations files, Path file, Digest digest, String what) throws IOException {
        MessageDigest hash = BlobHashes.hash(digest.algorithm())
                .orElseThrow(() -> new InvalidContentException(what + ": nothing here computes its algorithm", null));
        byte[] content;
        try {
            content = SmallFile.read(files, file, Documents.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new InvalidContentException(what + " is not there", e);
        }
        if (content.length > Documents.MAX_BYTES) {
            throw new InvalidContentException(what + " has more than " + Documents.MAX_BYTES + " bytes", null);
        }
        if (!Digest.of(digest.algorithm(), hash.digest(content)).equals(digest)) {
            throw new InvalidContentException(what + " does not match its digest", null);
        }
        return content;
    }
}
