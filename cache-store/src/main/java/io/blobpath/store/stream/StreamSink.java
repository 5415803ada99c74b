package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Where a producer writes. For one thread at a time; it ends with the producer, or when it is closed or committed.
 *
 * <p>A write takes all bytes or throws. It waits where the {@link Backpressure} asks for it. When nobody reads any more and {@link
 * OrphanPolicy#ABORT} holds, it throws {@link StreamAbandonedException}.
 */
public interface StreamSink extends WritableByteChannel {
    /**
     * Says that these are all bytes, for producers that have something to do once other processes can see the entry, such as to
     * let go of a lock. Afterwards the entry is visible, or never will be. What the producer throws later changes nothing. A
     * producer that returns without it has said the same; closing the sink has not.
     *
     * @throws IOException if the bytes are not those that the key asks for; no reader gets another end than this
     */
    void commit() throws IOException;

    /** Whether these bytes are to become an entry: not if they pass by the cache, from the beginning or since it lost its file. */
    boolean isKept();
}
