package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the writer up while it is too far ahead of its readers. A writer that had to wait goes on when half of its window is free,
 * not at the first byte, or the two would wake each other for every read.
 */
final class Flow {
    private static final long NOBODY = Long.MAX_VALUE;

    private final Cursor cursor;
    private final Supplier<Place[]> readers;
    private Backpressure policy;
    private long base;
    private volatile long needed = NOBODY;
    private volatile @Nullable Thread blocked;

    /** Where a reader is. */
    interface Place {
        long position();
    }

    Flow(Cursor cursor, Supplier<Place[]> readers, Backpressure policy) {
        this.cursor = cursor;
        this.readers = readers;
        this.policy = policy;
    }

    /** From now on, what is ahead must fit into the ring. For the writer. */
    void confine(Ring ring) {
        policy = Backpressure.slowestReader(Ring.CAPACITY);
        base = ring.from();
    }

    /**
     * Waits until something may be written.
     *
     * @return how many bytes
     */
    long awaitRoom() throws IOException {
        while (true) {
            checkGoesOn();
            long room = room();
            if (room > 0) {
                return room;
            }
            park();
            if (Thread.interrupted()) {
                checkGoesOn();
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        }
    }

    /** A reader moved. */
    void moved(long from, long to) {
        if (from < needed && to >= needed) {
            wake();
        }
    }

    /** A reader left, or the stream ended. */
    void wake() {
        LockSupport.unpark(blocked);
    }

    private void checkGoesOn() throws IOException {
        StreamEnd end = cursor.end();
        if (end != null) {
            end.check();
            throw new IOException("the stream has ended");
        }
    }

    private void park() {
        long window = window();
        blocked = Thread.currentThread();
        needed = cursor.written() - window + Math.max(1, window / 2);
        try {
            if (room() <= 0 && cursor.end() == null) {
                LockSupport.park(this);
            }
        } finally {
            needed = NOBODY;
            blocked = null;
        }
    }

    private long room() {
        Place[] places = readers.get();
        if (places.length == 0 || policy instanceof Backpressure.None) {
            return Long.MAX_VALUE;
        }
        boolean fastest = policy instanceof Backpressure.FastestReader;
        long decisive = places[0].position();
        for (Place place : places) {
            long position = place.position();
            decisive = fastest ? Math.max(decisive, position) : Math.min(decisive, position);
        }
        return window() - (cursor.written() - Math.max(decisive, base));
    }

    private long window() {
        if (policy instanceof Backpressure.FastestReader fastest) {
            return fastest.window();
        }
        return policy instanceof Backpressure.SlowestReader slowest ? slowest.window() : Long.MAX_VALUE;
    }
}
