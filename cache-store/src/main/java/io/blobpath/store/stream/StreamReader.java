package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Reads a stream from its beginning, while it is made or afterwards. For one thread at a time; any thread may close it, any number
 * of times. It has a file handle of its own: closing or interrupting it disturbs no other reader.
 *
 * <p>A read waits until there is a byte. A failure comes after the last byte that the producer wrote, never instead of one, and a
 * stream that failed never looks like one that ended. A thread that is interrupted in a read gets {@link
 * ClosedByInterruptException}, and one whose reader is closed meanwhile {@link AsynchronousCloseException}.
 */
public interface StreamReader extends ReadableByteChannel {
    /**
     * Reads some bytes.
     *
     * @return how many; -1 behind the last one
     * @throws StreamFailedException if the producer failed
     * @throws StreamTimeoutException if nothing came for too long; this reader may go on
     * @throws StreamTooSlowException if this reader took too little, and holds nobody up any more
     * @throws StreamAbandonedException if the cache was closed before the stream was complete
     * @throws StreamStorageException if the disk failed
     */
    @Override
    int read(ByteBuffer target) throws IOException;

    /**
     * Sends some bytes on, past the memory of this process where the system can do that for the sink. Waits for a sink that is in
     * non-blocking mode.
     *
     * @param limit how many at most, at least one
     * @return how many; -1 behind the last one
     * @throws IOException as {@link #read} does, or what the sink throws
     */
    long transferTo(WritableByteChannel sink, long limit) throws IOException;

    /** How many bytes this reader got. */
    long position();

    /** Where they come from. It may change until the first byte. */
    Outcome outcome();

    /** Leaves the stream. */
    @Override
    void close();
}
