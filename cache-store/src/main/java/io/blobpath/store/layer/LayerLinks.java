package io.blobpath.store.layer;

import io.blobpath.cache.Digest;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamCacheOptions;
import io.blobpath.store.stream.StreamKey;
import io.blobpath.store.stream.StreamOptions;
import io.blobpath.store.stream.StreamReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what is known of a layer, under either of its digests, as small entries of a stream cache of their own: for a month after
 * their last use, and shared like the layers.
 */
final class LayerLinks implements AutoCloseable {
    private static final StreamOptions OPTIONS = StreamOptions.defaults();
    private static final StreamCacheOptions KEPT = StreamCacheOptions.defaults()
            .withMaxAge(Duration.ofDays(30))
            .withMaxBytes(64 << 20)
            .withSync(true);

    private final StreamCache streams;

    private LayerLinks(StreamCache streams) {
        this.streams = streams;
    }

    static LayerLinks open(Path folder) throws IOException {
        return new LayerLinks(StreamCache.open(folder, KEPT));
    }

    /** Remembers the layer, and does not forget a diffID that this one lacks. */
    synchronized void remember(Layer layer) throws IOException {
        Optional<Layer> before = read(compressed(layer.digest()));
        Optional<Digest> diffId = layer.diffId().or(() -> before.flatMap(Layer::diffId));
        Layer whole = new Layer(layer.digest(), layer.size(), layer.mediaType(), diffId);
        if (!before.equals(Optional.of(whole))) {
            write(compressed(whole.digest()), whole);
        }
        if (diffId.isPresent() && read(uncompressed(diffId.get())).isEmpty()) {
            write(uncompressed(diffId.get()), whole);
        }
    }

    Optional<Layer> find(Digest either) throws IOException {
        Optional<Layer> layer = read(compressed(either));
        return layer.isPresent() ? layer : read(uncompressed(either));
    }

    @Override
    public void close() {
        streams.close();
    }

    private void write(StreamKey key, Layer layer) throws IOException {
        String text = String.join(
                "\n",
                layer.digest().toString(),
                Long.toString(layer.size()),
                layer.mediaType(),
                layer.diffId().map(Digest::toString).orElse(""));
        streams.invalidate(key);
        streams.fetch(
                key,
                Channels.newChannel(OutputStream.nullOutputStream()),
                sink -> sink.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))),
                OPTIONS);
    }

    private Optional<Layer> read(StreamKey key) throws IOException {
        Optional<StreamReader> found = streams.find(key, OPTIONS);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (StreamReader reader = found.get();
                ReaderInput in = new ReaderInput(reader)) {
            return Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            // Damaged on the disk: as good as forgotten, and learned anew.
            streams.invalidate(key);
            return Optional.empty();
        }
    }

    private static Layer parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4) {
            throw new IllegalArgumentException("a link has four lines, not " + lines.length);
        }
        Optional<Digest> diffId = lines[3].isEmpty() ? Optional.empty() : Optional.of(Digest.parse(lines[3]));
        return new Layer(Digest.parse(lines[0]), Long.parseLong(lines[1]), lines[2], diffId);
    }

    private static StreamKey compressed(Digest digest) {
        return StreamKey.of("layer", Map.of("digest", digest.toString()));
    }

    private static StreamKey uncompressed(Digest diffId) {
        return StreamKey.of("layer", Map.of("diffId", diffId.toString()));
    }
}
