package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Reads one entry with a file handle of its own. */
final class EntryReader implements Flow.Place {
    private static final int BUFFER = 1 << 16;
    private static final long STEP = 4 << 20;

    private final Entry entry;
    private final Outcome outcome;
    private final Optional<Duration> timeout;
    private final Context context;
    private final Waiters.Waiter waiter = new Waiters.Waiter();
    private final Pace pace = new Pace();
    private volatile @Nullable SeekableByteChannel file;
    private volatile long position;
    private volatile boolean closed;
    private volatile boolean expelled;

    /** What the cache does for a reader. */
    interface Context {
        StreamTiming timing();

        /** The file cannot be read. */
        IOException unreadable(Entry entry, IOException cause);

        /** This reader is here no longer. */
        void left(EntryReader reader);
    }

    EntryReader(Entry entry, Outcome outcome, StreamOptions options, Context context) {
        this.entry = entry;
        this.outcome = outcome;
        this.timeout = options.readTimeout();
        this.context = context;
    }

    /** Reads from this file, which it closes. */
    void open(SeekableByteChannel channel) {
        file = channel;
        if (closed) {
            closeFile();
        }
    }

    Entry entry() {
        return entry;
    }

    Outcome outcome() {
        return outcome;
    }

    @Override
    public long position() {
        return position;
    }

    int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        long limit = awaitBytes();
        if (limit == position) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), limit - position);
        int end = target.limit();
        try {
            target.limit(target.position() + count);
            count = copy(target);
        } finally {
            target.limit(end);
        }
        moved(count);
        return count;
    }

    long transferTo(WritableByteChannel sink, long most) throws IOException {
        long limit = awaitBytes();
        if (limit == position) {
            return -1;
        }
        long count = Math.min(Math.min(most, limit - position), STEP);
        long sent = zeroCopy(sink, count);
        if (sent == 0) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, count));
            sent = copy(buffer);
            Sinks.writeFully(sink, buffer.flip());
        }
        moved(sent);
        return sent;
    }

    /** Sends this reader away if it took too little in a window. */
    boolean expelIfSlow(long now, long windowNanos, long minimum) {
        boolean caughtUp = position == entry.cursor().written();
        if (closed || !pace.isTooSlow(position, caughtUp, now, windowNanos, minimum)) {
            return false;
        }
        expelled = true;
        close();
        return true;
    }

    void close() {
        if (!closed) {
            closed = true;
            waiter.wake();
            closeFile();
            entry.leave(this);
            context.left(this);
        }
    }

    /** Waits for a byte behind the position; the position itself means that there is none. */
    private long awaitBytes() throws IOException {
        Cursor cursor = entry.cursor();
        if (closed) {
            throw gone();
        }
        long limit = cursor.written();
        return limit > position ? limit : awaitMore(cursor);
    }

    private long awaitMore(Cursor cursor) throws IOException {
        long start = timeout.isPresent() ? context.timing().nanoTime() : 0;
        Runnable cancel = timeout.map(patience -> context.timing().schedule(waiter::wake, patience))
                .orElse(() -> {});
        try {
            while (true) {
                cursor.add(waiter);
                if (closed) {
                    throw gone();
                }
                StreamEnd end = cursor.end();
                long limit = cursor.written();
                if (limit > position) {
                    return limit;
                }
                if (end != null) {
                    end.check();
                    return position;
                }
                checkPatience(start);
                LockSupport.park(this);
                if (Thread.currentThread().isInterrupted()) {
                    close();
                    throw new ClosedByInterruptException();
                }
            }
        } finally {
            cancel.run();
        }
    }

    private void checkPatience(long start) throws StreamTimeoutException {
        if (timeout.isPresent()
                && context.timing().nanoTime() - start >= timeout.get().toNanos()) {
            throw new StreamTimeoutException("no byte of the stream '" + entry.key() + "' came in " + timeout.get());
        }
    }

    /** Fills the buffer from the file or from the ring; how many bytes, at least one. */
    private int copy(ByteBuffer target) throws IOException {
        Ring ring = entry.ring();
        if (ring != null && position >= ring.from()) {
            int count = target.remaining();
            ring.read(target, position, count);
            return count;
        }
        if (ring != null) {
            target.limit(target.position() + (int) Math.min(target.remaining(), ring.from() - position));
        }
        return readFile(target);
    }

    private int readFile(ByteBuffer target) throws IOException {
        SeekableByteChannel from = file;
        try {
            if (from == null) {
                throw new ClosedChannelException();
            }
            int count;
            if (from instanceof FileChannel channel) {
                count = channel.read(target, position);
            } else {
                count = from.position(position).read(target);
            }
            if (count <= 0) {
                throw new IOException("the file of the cache is cut short at " + position);
            }
            return count;
        } catch (ClosedChannelException e) {
            throw closedBy(e);
        } catch (IOException e) {
            throw context.unreadable(entry, e);
        }
    }

    private long zeroCopy(WritableByteChannel sink, long most) throws IOException {
        Ring ring = entry.ring();
        long count = ring == null ? most : Math.min(most, ring.from() - position);
        boolean direct = sink instanceof FileChannel || sink instanceof SelectableChannel;
        if (count <= 0 || !direct || !(file instanceof FileChannel channel)) {
            return 0;
        }
        try {
            return channel.transferTo(position, count, sink);
        } catch (ClosedChannelException e) {
            throw closedBy(e);
        }
    }

    private void moved(long count) {
        long from = position;
        position = from + count;
        entry.flow().moved(from, from + count);
    }

    /** The channel was closed by another thread or by an interrupt, or the sink was. */
    private IOException closedBy(ClosedChannelException e) {
        if (e instanceof ClosedByInterruptException) {
            close();
        }
        return expelled ? gone() : e;
    }

    private IOException gone() {
        return expelled
                ? new StreamTooSlowException("the reader of '" + entry.key() + "' took too little and was sent away")
                : new AsynchronousCloseException();
    }

    private void closeFile() {
        SeekableByteChannel open = file;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
