package io.blobpath.store.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How far a stream is made, and how it ended. It only grows, one thread moves it, and its end is for good. */
final class Cursor {
    private final AtomicLong written = new AtomicLong();
    private final AtomicReference<@Nullable StreamEnd> end = new AtomicReference<>();
    private final Waiters waiters = new Waiters();

    /** More bytes are there. */
    void advance(long bytes) {
        written.set(written.get() + bytes);
        waiters.wakeAll();
    }

    /** Ends the stream unless it has ended before; whether it had not. */
    boolean end(StreamEnd how) {
        boolean first = end.compareAndSet(null, how);
        waiters.wakeAll();
        return first;
    }

    long written() {
        return written.get();
    }

    /** How it ended; null while it goes on. Whoever wants to know the last byte asks for this first, then for the bytes. */
    @Nullable
    StreamEnd end() {
        return end.get();
    }

    /** The current thread is woken by the next change. */
    void add(Waiters.Waiter waiter) {
        waiters.add(waiter);
    }
}
