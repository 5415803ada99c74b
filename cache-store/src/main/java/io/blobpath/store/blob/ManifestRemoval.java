package io.blobpath.store.blob;

import java.io.IOException;

/** Removes a tag, or all entries of a digest; whether there was one. */
enum ManifestRemoval implements RepositoryUpdate<ManifestReference, Boolean> {
    REMOVE;

    @Override
    public Boolean apply(Repository repository, ManifestReference reference, ImageIndex index) throws IOException {
        boolean removed = index.remove(reference);
        if (removed) {
            repository.write(index);
        }
        return removed;
    }

    @Override
    public String describe(ManifestReference reference) {
        return "remove manifest " + reference;
    }
}
