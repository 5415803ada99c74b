package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** What a caller has in hand: the reader of an entry, or of another one when the first failed before it gave a byte. */
final class CallerReader implements StreamReader {
    private final StreamEngine engine;
    private final Reopen reopen;
    private final long started;
    private volatile EntryReader current;
    private volatile boolean closed;
    private boolean retried;
    private boolean begun;

    /** The second chance. */
    @FunctionalInterface
    interface Reopen {
        /** Another reader to go on with; empty if the failure stands. */
        Optional<EntryReader> after(EntryReader failed, IOException failure) throws IOException;
    }

    private interface Step {
        long take(EntryReader reader) throws IOException;
    }

    CallerReader(EntryReader first, StreamEngine engine, Reopen reopen, long started) {
        this.current = first;
        this.engine = engine;
        this.reopen = reopen;
        this.started = started;
        engine.stats().opened(first.outcome());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return (int) take(reader -> reader.read(target));
    }

    @Override
    public long transferTo(WritableByteChannel sink, long limit) throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit was " + limit + " but it must be positive");
        }
        return take(reader -> reader.transferTo(sink, limit));
    }

    @Override
    public long position() {
        return current.position();
    }

    @Override
    public Outcome outcome() {
        return current.outcome();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        current.close();
    }

    private long take(Step step) throws IOException {
        while (true) {
            EntryReader reader = current;
            try {
                long count = step.take(reader);
                count(reader, count);
                return count;
            } catch (StreamFailedException | StreamStorageException | StreamStoredElsewhereException e) {
                retry(reader, e);
            }
        }
    }

    private void count(EntryReader reader, long count) {
        if (count > 0) {
            engine.stats().served(count);
            if (!begun) {
                begun = true;
                engine.stats().firstByte(reader.outcome(), engine.timing().nanoTime() - started);
            }
        }
    }

    private void retry(EntryReader failed, IOException failure) throws IOException {
        boolean moved = failure instanceof StreamStoredElsewhereException;
        if (failed.position() > 0 || (retried && !moved)) {
            throw failure;
        }
        retried |= !moved;
        EntryReader next = reopen.after(failed, failure).orElseThrow(() -> failure);
        failed.close();
        current = next;
        if (closed) {
            next.close();
            throw new AsynchronousCloseException();
        }
    }
}
