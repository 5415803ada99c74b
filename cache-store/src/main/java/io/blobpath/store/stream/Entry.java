package io.blobpath.store.stream;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream and who has to do with it. Its phases are
 *
 * <pre>
 * OPENING -&gt; WRITING -&gt; FINISHING -&gt; COMPLETE     made now
 * OPENING -&gt; COMPLETE                          found in the folder
 * </pre>
 *
 * and from each of them GONE: nobody can join any more, the index does not have it, its file has no name. Those who have it go on
 * to the end that the cursor tells. The lock guards phase, readers and who still uses it, and is never held during I/O.
 */
final class Entry {
    /** See above. */
    enum Phase {
        OPENING,
        WRITING,
        FINISHING,
        COMPLETE,
        GONE
    }

    /** Has the index and the folder. */
    interface Owner {
        /** Takes the entry, and no other of its key, out of the index, and its file out of the folder. */
        void withdraw(Entry entry);

        /** Nobody reads the entry any more, which is complete. */
        void idle(Entry entry);

        /** Nobody makes or reads the entry any more, which is gone. */
        void settled(Entry entry);
    }

    private static final Flow.Place[] NONE = {};

    private final StreamKey key;
    private final Owner owner;
    private final Cursor cursor = new Cursor();
    private final Flow flow;
    private final ProducerThread producer = new ProducerThread();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Flow.Place[] readers = NONE;
    private volatile Phase phase = Phase.OPENING;
    private volatile @Nullable EntryFile file;
    private volatile @Nullable Ring ring;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong touched = new AtomicLong();
    private boolean finishAnyway;
    private boolean producing;

    /**
     * Where the bytes are.
     *
     * @param path its name
     * @param length its size; negative while it grows
     * @param expires when its time to live is over, in milliseconds of the wall clock
     */
    record EntryFile(Path path, long length, long expires) {}

    Entry(StreamKey key, Owner owner, Backpressure backpressure) {
        this.key = key;
        this.owner = owner;
        this.flow = new Flow(cursor, () -> readers, backpressure);
    }

    StreamKey key() {
        return key;
    }

    Cursor cursor() {
        return cursor;
    }

    Flow flow() {
        return flow;
    }

    ProducerThread producer() {
        return producer;
    }

    Phase phase() {
        return phase;
    }

    /** Null if there never was one. */
    @Nullable
    EntryFile file() {
        return file;
    }

    /** What came instead of the file; whoever asks has asked the cursor before. */
    @Nullable
    Ring ring() {
        return ring;
    }

    /** More room in the folder was promised to it. */
    void reserved(long bytes) {
        reserved.addAndGet(bytes);
    }

    /** The room that was promised to it, which somebody else accounts for from now on. */
    long takeReserved() {
        return reserved.getAndSet(0);
    }

    /** Waits until it is known whether one can join. */
    void awaitOpened() throws InterruptedException {
        opened.await();
    }

    /** Whether its time to live is over. */
    boolean isExpired(long wallMillis) {
        EntryFile at = file;
        return phase == Phase.COMPLETE && at != null && wallMillis >= at.expires();
    }

    /** Whether its file was not touched for so long; tells only one of those who ask at once. */
    boolean isTouchDue(long wallMillis, long period) {
        long last = touched.get();
        return wallMillis - last >= period && touched.compareAndSet(last, wallMillis);
    }

    /** Waits for the final name if it is just about to get one; whether it was. */
    boolean awaitPublished() throws InterruptedException {
        boolean waited = false;
        Waiters.Waiter waiter = new Waiters.Waiter();
        while (phase == Phase.FINISHING) {
            cursor.add(waiter);
            if (cursor.end() != null) {
                return true;
            }
            waited = true;
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return waited;
    }

    /** It is made from now on, for this reader first; without a file it is for nobody else. */
    void begin(@Nullable EntryFile into, Flow.Place creator, OrphanPolicy orphans) {
        lock.lock();
        try {
            file = into;
            finishAnyway = orphans == OrphanPolicy.FINISH;
            producing = true;
            readers = plus(creator);
            phase = into == null ? Phase.GONE : Phase.WRITING;
        } finally {
            lock.unlock();
        }
        if (into == null) {
            confine();
        }
        opened.countDown();
    }

    /** It is complete already, and has this many bytes. */
    void found(EntryFile at, long bytes, Flow.Place reader) {
        cursor.advance(bytes);
        cursor.end(StreamEnd.COMPLETE);
        lock.lock();
        try {
            file = at;
            readers = plus(reader);
            phase = Phase.COMPLETE;
        } finally {
            lock.unlock();
        }
        opened.countDown();
    }

    /** It cannot be opened; those who wait begin anew. */
    void dismiss() {
        phase = Phase.GONE;
        opened.countDown();
    }

    /** Takes a place among the readers; whether there still is one. */
    boolean join(Flow.Place place, OrphanPolicy orphans) {
        lock.lock();
        try {
            if (phase == Phase.OPENING || phase == Phase.GONE) {
                return false;
            }
            readers = plus(place);
            finishAnyway |= orphans == OrphanPolicy.FINISH;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back. With the last one a stream that is being made may end. */
    void leave(Flow.Place place) {
        boolean orphaned;
        boolean withdrawn;
        boolean idle;
        boolean settled;
        lock.lock();
        try {
            Flow.Place[] others = minus(place);
            if (others.length == readers.length) {
                return;
            }
            readers = others;
            withdrawn = phase == Phase.WRITING;
            orphaned = others.length == 0 && producing && (withdrawn ? !finishAnyway : phase == Phase.GONE);
            if (orphaned) {
                phase = Phase.GONE;
            }
            idle = others.length == 0 && phase == Phase.COMPLETE;
            settled = isSettled();
        } finally {
            lock.unlock();
        }
        if (orphaned) {
            abandon(withdrawn, "nobody reads it any more");
        }
        flow.wake();
        if (idle) {
            owner.idle(this);
        }
        if (settled) {
            owner.settled(this);
        }
    }

    /** The file takes no more bytes: what follows goes through memory. For the producer. */
    void detach() {
        boolean withdrawn = vanish();
        confine();
        boolean orphaned;
        lock.lock();
        try {
            orphaned = readers.length == 0;
        } finally {
            lock.unlock();
        }
        if (orphaned) {
            abandon(withdrawn, "nobody reads it any more, and it cannot be stored");
        } else if (withdrawn) {
            owner.withdraw(this);
        }
    }

    /** All bytes are there; from now on it is finished whoever leaves. False if it is for its readers alone. */
    boolean finishing() {
        lock.lock();
        try {
            if (phase == Phase.WRITING) {
                phase = Phase.FINISHING;
            }
            return phase == Phase.FINISHING;
        } finally {
            lock.unlock();
        }
    }

    /** It has its final name. False if it vanished meanwhile, and so must the name. */
    boolean published(EntryFile at) {
        lock.lock();
        try {
            if (phase != Phase.FINISHING) {
                return false;
            }
            file = at;
            phase = Phase.COMPLETE;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream, of which no complete entry became; it is out of the way before a reader knows. */
    boolean end(StreamEnd how) {
        if (vanish()) {
            owner.withdraw(this);
        }
        boolean first = cursor.end(how);
        flow.wake();
        return first;
    }

    /** The producer has returned and its file is closed. */
    void produced() {
        boolean settled;
        lock.lock();
        try {
            producing = false;
            settled = isSettled();
        } finally {
            lock.unlock();
        }
        if (settled) {
            owner.settled(this);
        }
    }

    /** Takes a complete entry that nobody reads out of use; false if it is in use. */
    boolean retire() {
        lock.lock();
        try {
            boolean read = phase == Phase.COMPLETE && readers.length > 0;
            if (read || phase == Phase.WRITING || phase == Phase.FINISHING) {
                return false;
            }
            phase = Phase.GONE;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps later callers from it; whether they could have had it. */
    boolean invalidate() {
        boolean withdrawn;
        boolean orphaned;
        lock.lock();
        try {
            withdrawn = phase != Phase.GONE;
            orphaned = phase == Phase.WRITING && readers.length == 0;
            phase = Phase.GONE;
        } finally {
            lock.unlock();
        }
        if (orphaned) {
            abandon(withdrawn, "it was invalidated, and nobody reads it");
            flow.wake();
        } else if (withdrawn) {
            owner.withdraw(this);
        }
        return withdrawn;
    }

    /** Ends it now if it is being made. */
    void shut() {
        lock.lock();
        try {
            if (!producing || phase == Phase.FINISHING || phase == Phase.COMPLETE) {
                return;
            }
        } finally {
            lock.unlock();
        }
        abandon(vanish(), "the cache was closed");
        flow.wake();
    }

    private void abandon(boolean withdrawn, String why) {
        if (withdrawn) {
            owner.withdraw(this);
        }
        cursor.end(StreamEnd.abandoned(key, why));
        producer.interrupt();
    }

    private boolean vanish() {
        lock.lock();
        try {
            boolean there = phase != Phase.GONE;
            phase = Phase.GONE;
            return there;
        } finally {
            lock.unlock();
        }
    }

    private void confine() {
        Ring rest = new Ring(cursor.written());
        flow.confine(rest);
        ring = rest;
    }

    private boolean isSettled() {
        return phase == Phase.GONE && !producing && readers.length == 0;
    }

    private Flow.Place[] plus(Flow.Place place) {
        Flow.Place[] more = Arrays.copyOf(readers, readers.length + 1);
        more[readers.length] = place;
        return more;
    }

    private Flow.Place[] minus(Flow.Place place) {
        return Arrays.stream(readers).filter(other -> other != place).toArray(Flow.Place[]::new);
    }
}
