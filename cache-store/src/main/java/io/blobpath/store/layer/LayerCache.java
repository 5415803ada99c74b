package io.blobpath.store.layer;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamReader;
import io.blobpath.store.stream.StreamStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Layers by digest and by diffID. Whoever asks for a layer reads it from its first byte while it is downloaded, or from the disk;
 * it is downloaded once by all caches that share the folder and the index. For any number of threads.
 *
 * <p>Only bytes that match the digest are kept. They are checked as they pass, so a reader may have read bytes of a layer that
 * turns out to be another one: then it gets a failure in place of the end. Each reader is independent of the others, and of
 * {@link #delete}.
 *
 * <p>The index is a help: while it does not answer, layers are downloaded without a lease and not recorded. Its records are hints;
 * a layer that was evicted stays recorded until it is deleted.
 */
public interface LayerCache extends AutoCloseable {
    /**
     * Opens a cache in a folder, which caches of other processes on this host may share.
     *
     * @param index for leases and records; it stays open, and may be shared with anything
     * @throws IOException if the folder cannot be used
     */
    static LayerCache open(Path folder, BlobPathCache index, LayerCacheOptions options) throws IOException {
        StreamCache streams = StreamCache.open(folder.resolve("layers"), options.streams());
        try {
            return new StreamedLayers(streams, LayerLinks.open(folder.resolve("links")), index, options);
        } catch (IOException e) {
            streams.close();
            throw e;
        }
    }

    /**
     * The bytes of a layer as they are downloaded.
     *
     * @param source is asked if nobody has them, for the whole layer each time
     * @return the reader, which the caller closes; its failures are those of {@link StreamReader}
     */
    StreamReader compressed(Layer layer, BlobSource source) throws IOException;

    /**
     * The uncompressed bytes of a layer, which are kept beside the compressed ones. If its diffID is known, they are checked
     * against it; if not, it is computed and remembered.
     *
     * @return the reader, which the caller closes
     * @throws IOException also if the library for {@code zstd} is not there
     */
    StreamReader uncompressed(Layer layer, BlobSource source) throws IOException;

    /**
     * The bytes with this digest, compressed or not: from the disk, from a download that is under way, or uncompressed from what is
     * on the disk. Empty if they would have to be downloaded.
     */
    Optional<StreamReader> open(Digest digestOrDiffId) throws IOException;

    /** What is remembered of a layer, by either digest: media type and size, and the other digest. Its bytes may be gone. */
    Optional<Layer> find(Digest digestOrDiffId) throws IOException;

    /** Whether the bytes with this digest are on the disk. */
    boolean contains(Digest digestOrDiffId);

    /**
     * Removes the bytes with this digest, compressed or not, and the record of them. Those who read them go on.
     *
     * @return whether they were there
     */
    boolean delete(Digest digestOrDiffId);

    /**
     * A view that changes nothing: it reads what is there, and downloads the rest past the cache. Its {@link #delete} does nothing,
     * and so does closing it.
     */
    LayerCache readOnly();

    /** What the cache did, and holds. */
    StreamStats stats();

    /** Ends downloads, whose readers get a failure. What is on the disk stays, and the index open. */
    @Override
    void close();
}
