package io.blobpath.store;

import io.blobpath.cache.Digest;
import java.util.List;

/** Blobs that are referred to are not in the repository; nothing was changed. Upload or mount them and try again. */
public final class BlobUnknownException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient List<Digest> digests;

    /** With what was asked and the blobs that are missing. */
    public BlobUnknownException(String message, List<Digest> digests) {
        super(message, null);
        this.digests = List.copyOf(digests);
    }

    /** The blobs that are missing. */
    public List<Digest> digests() {
        return digests;
    }
}
