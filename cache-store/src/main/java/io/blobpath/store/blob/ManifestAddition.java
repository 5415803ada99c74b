package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import java.io.IOException;
import java.util.List;

/** Makes a manifest visible whose own blob is there. */
enum ManifestAddition implements RepositoryUpdate<ManifestAddition.Manifest, Digest> {
    ADD;

    /** The manifest, and what it refers to. */
    record Manifest(ImageIndex.Entry entry, List<Documents.Reference> references) {}

    @Override
    public Digest apply(Repository repository, Manifest manifest, ImageIndex index) throws IOException {
        repository.add(index, manifest.entry(), manifest.references());
        return manifest.entry().digest();
    }

    @Override
    public String describe(Manifest manifest) {
        return "add manifest " + manifest.entry().digest();
    }
}
