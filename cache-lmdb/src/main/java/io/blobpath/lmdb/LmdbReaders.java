package io.blobpath.lmdb;

import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;

/**
 * The read transactions of an environment: a few, each reset after a read and renewed for the next, whoever reads. A read
 * claims one by a compare-and-set, beginning at a place that depends on the thread, so that threads seldom meet; nothing is
 * kept per thread, because there may be any number of virtual ones.
 */
final class LmdbReaders {
    /** How many reads go on at once in a process; reads are short, so that it needs not many more than processors. */
    static final int SLOTS = 32;

    /** The size of LMDB's reader table, which all processes share. */
    static final int TABLE = 64 * SLOTS;

    private static final int SPACING = 32;
    private static final int FREE = 0;
    private static final int BUSY = 1;
    private static final int CLOSED = 2;
    private static final long POLL_NANOS = 50_000;

    private final Env<byte[]> env;
    private final Dbi<byte[]> rows;
    private final AtomicIntegerArray states = new AtomicIntegerArray(SLOTS * SPACING);
    private final @Nullable LmdbSnapshot[] snapshots = new LmdbSnapshot[SLOTS];

    LmdbReaders(Env<byte[]> env, Dbi<byte[]> rows) {
        this.env = env;
        this.rows = rows;
    }

    /** Reads in a fresh snapshot, which is valid only inside. */
    <R> R read(Duration timeout, Function<LmdbSnapshot, R> reader) {
        int slot = claim(timeout);
        try {
            LmdbSnapshot snapshot = begin(slot);
            try {
                return reader.apply(snapshot);
            } finally {
                snapshot.reset();
            }
        } catch (LmdbException e) {
            throw LmdbErrors.translate(e);
        } finally {
            states.set(slot * SPACING, FREE);
        }
    }

    /** Ends the transactions, as each becomes free; false if one did not in time, and the environment must stay open. */
    boolean close(Deadline deadline) {
        boolean all = true;
        for (int slot = 0; slot < SLOTS; slot++) {
            while (!states.compareAndSet(slot * SPACING, FREE, CLOSED) && deadline.left() > 0) {
                LockSupport.parkNanos(this, POLL_NANOS);
            }
            if (states.get(slot * SPACING) == CLOSED) {
                discard(slot);
            } else {
                all = false;
            }
        }
        return all;
    }

    private LmdbSnapshot begin(int slot) {
        LmdbSnapshot snapshot = snapshots[slot];
        if (snapshot == null) {
            snapshot = new LmdbSnapshot(rows, env.txnRead());
            snapshots[slot] = snapshot;
            return snapshot;
        }
        try {
            snapshot.renew();
            return snapshot;
        } catch (LmdbException e) {
            snapshots[slot] = null;
            throw e;
        }
    }

    private void discard(int slot) {
        LmdbSnapshot snapshot = snapshots[slot];
        snapshots[slot] = null;
        if (snapshot != null) {
            // The binding leaves a transaction that is reset in LMDB's table, so wake it up to end it.
            snapshot.renew();
            snapshot.close();
        }
    }

    private int claim(Duration timeout) {
        int first = (int) (Thread.currentThread().getId() & (SLOTS - 1));
        int slot = tryClaim(first);
        if (slot >= 0) {
            return slot;
        }
        Deadline deadline = Deadline.in(timeout);
        while (deadline.left() > 0) {
            LockSupport.parkNanos(this, POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new CacheInterruptedException("interrupted while it waited to read");
            }
            slot = tryClaim(first);
            if (slot >= 0) {
                return slot;
            }
        }
        throw new CacheUnavailableException("all " + SLOTS + " readers were busy for " + timeout);
    }

    private int tryClaim(int first) {
        for (int i = 0; i < SLOTS; i++) {
            int slot = (first + i) & (SLOTS - 1);
            if (states.get(slot * SPACING) == FREE && states.compareAndSet(slot * SPACING, FREE, BUSY)) {
                return slot;
            }
        }
        return -1;
    }
}
