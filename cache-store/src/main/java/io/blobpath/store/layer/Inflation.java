package io.blobpath.store.layer;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.stream.StreamProducer;
import io.blobpath.store.stream.StreamReader;
import io.blobpath.store.stream.StreamSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Makes the uncompressed bytes of a layer from its compressed ones as these arrive. */
final class Inflation implements StreamProducer {
    private static final int BUFFER = 1 << 16;

    private final Layer layer;
    private final Compressed compressed;
    private final Learned learned;

    /** Opens the compressed bytes. */
    interface Compressed {
        StreamReader open() throws IOException;
    }

    /** Is told the diffID, whose bytes are all there and right. */
    interface Learned {
        void diffId(Digest diffId) throws IOException;
    }

    Inflation(Layer layer, Compressed compressed, Learned learned) {
        this.layer = layer;
        this.compressed = compressed;
        this.learned = learned;
    }

    @Override
    public void produce(StreamSink sink) throws IOException {
        MessageDigest hash = BlobHashes.hash(DigestAlgorithm.SHA256).orElseThrow();
        try (StreamReader reader = compressed.open();
                InputStream in = new ReaderInput(reader);
                InputStream out = Compression.of(layer.mediaType()).decompress(in)) {
            copy(out, sink, hash);
            // What stands behind the last member is not ours to judge, but the digest covers it.
            while (in.read() >= 0) {}
        }
        sink.commit();
        learned.diffId(layer.diffId().orElseGet(() -> Digest.of(DigestAlgorithm.SHA256, hash.digest())));
    }

    private void copy(InputStream from, StreamSink sink, MessageDigest hash) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            sink.write(ByteBuffer.wrap(buffer, 0, count));
            if (layer.diffId().isEmpty()) {
                hash.update(buffer, 0, count);
            }
        }
    }
}
