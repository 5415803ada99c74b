package io.blobpath.store.stream;

import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Streams by key. For each key at most one producer of this cache runs at a time, and everybody who asks for the key gets the same
 * bytes from the first one on, at a pace of their own. For any number of threads, platform or virtual.
 *
 * <p>An entry is visible to a later caller, of this process or another one, only when it is complete. One that failed is gone,
 * with its file, before anybody learns of the failure. Two processes that make the same key at once each make their own; the
 * complete file of the last one stays.
 */
public interface StreamCache extends AutoCloseable {
    /**
     * Opens a cache in a folder, which is created if it is not there. Several caches of several processes may share it, with
     * options of their own; the strictest limits win. Files of processes that died are removed.
     *
     * @throws IOException if the folder cannot be used
     */
    static StreamCache open(Path folder, StreamCacheOptions options) throws IOException {
        return DiskStreamCache.open(folder, options, FileOperations.system(), StreamTiming.system());
    }

    /** A cache that keeps nothing and has no folder: everybody has their stream made, with next to no cost for {@link #fetch}. */
    static StreamCache none() {
        return new NullStreamCache(StreamTiming.system());
    }

    /**
     * Opens a stream. Returns when it can be read from, which may be before its first byte is made.
     *
     * @param producer makes the bytes if nobody else has; it may outlive this caller, and is not run on its thread
     * @return the reader, which the caller closes
     * @throws StreamStorageException if the disk failed and the policy is {@link StorageErrorPolicy#FAIL}
     * @throws IOException if the thread was interrupted while it waited for another caller to open the entry
     * @throws IllegalStateException if the cache is closed
     */
    StreamReader open(StreamKey key, StreamProducer producer, StreamOptions options) throws IOException;

    /**
     * Sends a whole stream to a sink, which stays open. When the cache is bypassed, the producer runs on this thread and writes to
     * the sink itself.
     *
     * @throws StreamFailedException if the producer failed; bytes before that may be in the sink
     * @throws IOException as {@link #open} and {@link StreamReader#transferTo} do
     */
    FetchResult fetch(StreamKey key, WritableByteChannel sink, StreamProducer producer, StreamOptions options)
            throws IOException;

    /**
     * Opens a stream if it is stored or being made in this cache, and has nothing made.
     *
     * @return the reader, which the caller closes; empty if there is none
     * @throws IOException as {@link #open} does
     */
    Optional<StreamReader> find(StreamKey key, StreamOptions options) throws IOException;

    /** Whether there is a complete entry in the folder, whoever made it. A digest is not checked, and a use is not counted. */
    boolean isStored(StreamKey key);

    /**
     * Removes an entry. Readers and a producer that have it keep it to their end; it is not shown to later callers.
     *
     * @return whether there was one
     */
    boolean invalidate(StreamKey key);

    /** What it did, and holds. */
    StreamStats stats();

    /**
     * Refuses further calls and ends every stream that is being made: its producer is interrupted and not waited for, its readers
     * get {@link StreamAbandonedException} behind the bytes that there are. Readers of complete entries may go on. Complete
     * entries stay in the folder.
     */
    @Override
    void close();
}
