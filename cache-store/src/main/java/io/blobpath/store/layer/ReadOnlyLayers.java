package io.blobpath.store.layer;

import io.blobpath.cache.Digest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.stream.StreamReader;
import io.blobpath.store.stream.StreamStats;
import java.io.IOException;
import java.util.Optional;

/** Shows what another cache has, and does not change it. */
final class ReadOnlyLayers implements LayerCache {
    private final StreamedLayers layers;

    ReadOnlyLayers(StreamedLayers layers) {
        this.layers = layers;
    }

    @Override
    public StreamReader compressed(Layer layer, BlobSource source) throws IOException {
        return layers.compressedOnly(layer, source);
    }

    @Override
    public StreamReader uncompressed(Layer layer, BlobSource source) throws IOException {
        return layers.uncompressedOnly(layer, source);
    }

    @Override
    public Optional<StreamReader> open(Digest digestOrDiffId) throws IOException {
        return layers.openOnly(digestOrDiffId);
    }

    @Override
    public Optional<Layer> find(Digest digestOrDiffId) throws IOException {
        return layers.find(digestOrDiffId);
    }

    @Override
    public boolean contains(Digest digestOrDiffId) {
        return layers.contains(digestOrDiffId);
    }

    @Override
    public boolean delete(Digest digestOrDiffId) {
        return false;
    }

    @Override
    public LayerCache readOnly() {
        return this;
    }

    @Override
    public StreamStats stats() {
        return layers.stats();
    }

    @Override
    public void close() {}
}
