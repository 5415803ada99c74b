package io.blobpath.store.stream;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
 * to the end that the cursor tells. {@link EntryPhases} decides; here is done what it says.
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

    private final StreamKey key;
    private final Owner owner;
    private final Cursor cursor = new Cursor();
    private final EntryPhases phases = new EntryPhases();
    private final Flow flow;
    private final ProducerThread producer = new ProducerThread();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong touched = new AtomicLong();
    private volatile @Nullable EntryFile file;
    private volatile @Nullable Ring ring;

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
        this.flow = new Flow(cursor, phases::readers, backpressure);
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
        return phases.phase();
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
        return phase() == Phase.COMPLETE && at != null && wallMillis >= at.expires();
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
        while (phase() == Phase.FINISHING) {
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
        file = into;
        if (into == null) {
            phases.vanish();
            confine();
        }
        if (!phases.begin(creator, orphans) && into != null) {
            // It was invalidated when nobody knew its file.
            owner.withdraw(this);
        }
        opened.countDown();
    }

    /** It is complete already, and has this many bytes; false if it was invalidated meanwhile. */
    boolean found(EntryFile at, long bytes, Flow.Place reader) {
        cursor.advance(bytes);
        cursor.end(StreamEnd.COMPLETE);
        file = at;
        boolean shared = phases.found(reader);
        opened.countDown();
        return shared;
    }

    /** It cannot be opened; those who wait begin anew. */
    void dismiss() {
        phases.vanish();
        opened.countDown();
    }

    /** Takes a place among the readers; whether there still is one. */
    boolean join(Flow.Place place, OrphanPolicy orphans) {
        return phases.join(place, orphans);
    }

    /** Gives the place back. With the last one a stream that is being made may end. */
    void leave(Flow.Place place) {
        carryOut(phases.leave(place), "nobody reads it any more");
        flow.wake();
    }

    /** The file takes no more bytes: what follows goes through memory. For the producer. */
    void detach() {
        EntryPhases.Step step = phases.vanish();
        confine();
        carryOut(step, "nobody reads it any more, and it cannot be stored");
    }

    /** All bytes are there; from now on it is finished whoever leaves. False if it is for its readers alone. */
    boolean finishing() {
        return phases.finishing();
    }

    /** It has its final name. False if it vanished meanwhile, and so must the name. */
    boolean published(EntryFile at) {
        file = at;
        return phases.published();
    }

    /** Ends the stream, of which no complete entry became; it is out of the way before a reader knows. */
    void end(StreamEnd how) {
        if (phases.vanish().withdrawn()) {
            owner.withdraw(this);
        }
        cursor.end(how);
        flow.wake();
    }

    /** The producer has returned and its file is closed. */
    void produced() {
        carryOut(phases.produced(), "");
    }

    /** Takes a complete entry that nobody reads out of use; false if it is in use. */
    boolean retire() {
        return phases.retire();
    }

    /** Keeps later callers from it; whether they could have had it. */
    boolean invalidate() {
        EntryPhases.Step step = phases.vanish();
        carryOut(step, "it was invalidated, and nobody reads it");
        return step.withdrawn();
    }

    /** Ends it now if it is being made. */
    void shut() {
        carryOut(phases.shut(), "the cache was closed");
    }

    private void carryOut(EntryPhases.Step step, String why) {
        if (step.withdrawn()) {
            owner.withdraw(this);
        }
        if (step.abandoned()) {
            cursor.end(StreamEnd.abandoned(key, why));
            producer.interrupt();
            flow.wake();
        }
        if (step.idle()) {
            owner.idle(this);
        }
        if (step.settled()) {
            owner.settled(this);
        }
    }

    private void confine() {
        Ring rest = new Ring(cursor.written());
        flow.confine(rest);
        ring = rest;
    }
}
