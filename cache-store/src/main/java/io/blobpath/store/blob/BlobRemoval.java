package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import java.io.IOException;

/** Removes a blob to which no manifest refers; whether it was there. */
enum BlobRemoval implements RepositoryUpdate<BlobRemoval.Blob, Boolean> {
    REMOVE;

    /** The blob. */
    record Blob(Digest digest) {}

    @Override
    public Boolean apply(Repository repository, Blob blob, ImageIndex index) throws IOException {
        return repository.remove(index, blob.digest());
    }

    @Override
    public String describe(Blob blob) {
        return "remove blob " + blob.digest();
    }
}
