package io.blobpath.store.layer;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.SingleFlight;
import io.blobpath.store.BlobSource;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamKey;
import io.blobpath.store.stream.StreamReader;
import io.blobpath.store.stream.StreamStats;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Layers as entries of a stream cache: the compressed bytes under their digest, the uncompressed ones under their diffID. */
final class StreamedLayers implements LayerCache {
    private final StreamCache streams;
    private final StreamCache none = StreamCache.none();
    private final LayerCacheOptions options;
    private final LayerRecords records;
    private final LayerLinks links;
    private final Downloads downloads;

    StreamedLayers(StreamCache streams, LayerLinks links, BlobPathCache index, LayerCacheOptions options) {
        this.streams = streams;
        this.options = options;
        this.records = new LayerRecords(index, options.name(), options.streams().listener());
        this.links = links;
        this.downloads = new Downloads(streams, flights(index), options.flight(), records, links);
    }

    @Override
    public StreamReader compressed(Layer layer, BlobSource source) throws IOException {
        return streams.open(StreamKey.of(layer.digest()), downloads.of(layer, source), options.reading());
    }

    @Override
    public StreamReader uncompressed(Layer layer, BlobSource source) throws IOException {
        return isUncompressed(layer)
                ? compressed(layer, source)
                : inflate(streams, layer, () -> compressed(layer, source));
    }

    @Override
    public Optional<StreamReader> open(Digest digestOrDiffId) throws IOException {
        return open(digestOrDiffId, streams);
    }

    @Override
    public Optional<Layer> find(Digest digestOrDiffId) throws IOException {
        return links.find(digestOrDiffId);
    }

    @Override
    public boolean contains(Digest digestOrDiffId) {
        return streams.isStored(StreamKey.of(digestOrDiffId));
    }

    @Override
    public boolean delete(Digest digestOrDiffId) {
        boolean there = streams.invalidate(StreamKey.of(digestOrDiffId));
        there |= streams.invalidate(withoutDiffId(digestOrDiffId));
        records.remove(digestOrDiffId);
        return there;
    }

    @Override
    public LayerCache readOnly() {
        return new ReadOnlyLayers(this);
    }

    @Override
    public StreamStats stats() {
        return streams.stats();
    }

    @Override
    public void close() {
        streams.close();
        none.close();
        links.close();
    }

    /** What is there, with nothing added to the cache. */
    Optional<StreamReader> openOnly(Digest digestOrDiffId) throws IOException {
        return open(digestOrDiffId, none);
    }

    /** The compressed bytes, past the cache if they are not in it. */
    StreamReader compressedOnly(Layer layer, BlobSource source) throws IOException {
        Optional<StreamReader> there = there(layer.digest());
        return there.isPresent()
                ? there.get()
                : none.open(StreamKey.of(layer.digest()), downloads.of(layer, source), options.reading());
    }

    /** The uncompressed bytes, past the cache if they are not in it. */
    StreamReader uncompressedOnly(Layer layer, BlobSource source) throws IOException {
        if (isUncompressed(layer)) {
            return compressedOnly(layer, source);
        }
        Optional<StreamReader> there = streams.find(uncompressedKey(layer), options.reading());
        return there.isPresent() ? there.get() : inflate(none, layer, () -> compressedOnly(layer, source));
    }

    private Optional<StreamReader> open(Digest digestOrDiffId, StreamCache into) throws IOException {
        Optional<StreamReader> there = there(digestOrDiffId);
        if (there.isPresent()) {
            return there;
        }
        Optional<Layer> layer = links.find(digestOrDiffId)
                .filter(found -> found.diffId().equals(Optional.of(digestOrDiffId)))
                .filter(found -> contains(found.digest()));
        return layer.isEmpty() ? Optional.empty() : Optional.of(inflate(into, layer.get(), () -> stored(layer.get())));
    }

    private StreamReader inflate(StreamCache into, Layer layer, Inflation.Compressed compressed) throws IOException {
        Inflation.Learned learned = into == none ? diffId -> {} : diffId -> links.remember(layer.withDiffId(diffId));
        return into.open(uncompressedKey(layer), new Inflation(layer, compressed, learned), options.reading());
    }

    private Optional<StreamReader> there(Digest digestOrDiffId) throws IOException {
        return streams.find(StreamKey.of(digestOrDiffId), options.reading());
    }

    private StreamReader stored(Layer layer) throws IOException {
        return there(layer.digest())
                .orElseThrow(() -> new IOException("layer " + layer.digest() + " is not in the cache any more"));
    }

    /** Under the diffID, unless nobody has told it and no bytes are there under the one that is remembered. */
    private StreamKey uncompressedKey(Layer layer) throws IOException {
        if (layer.diffId().isPresent()) {
            return StreamKey.of(layer.diffId().get());
        }
        return links.find(layer.digest())
                .flatMap(Layer::diffId)
                .filter(this::contains)
                .map(StreamKey::of)
                .orElseGet(() -> withoutDiffId(layer.digest()));
    }

    private static StreamKey withoutDiffId(Digest digest) {
        return StreamKey.of("uncompressed layer", Map.of("digest", digest.toString()));
    }

    private static boolean isUncompressed(Layer layer) {
        return Compression.of(layer.mediaType()) == Compression.NONE
                && layer.diffId().orElse(layer.digest()).equals(layer.digest());
    }

    /** The work of a flight runs on the thread of the stream's producer. */
    private static SingleFlight flights(BlobPathCache index) {
        try {
            return index.leases().singleFlight(Runnable::run);
        } catch (UnsupportedOperationException e) {
            return SingleFlight.local(Runnable::run);
        }
    }
}
