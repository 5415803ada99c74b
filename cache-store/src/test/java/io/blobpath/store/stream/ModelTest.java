package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Interleavings of a few threads, up to the checker's bounds. */
final class ModelTest {
    private static final int INVOCATIONS = Boolean.getBoolean("blobpath.campaign") ? 1_000 : 40;
    private static final StreamKey KEY = StreamKey.of("key");

    @Test
    void noInterleavingLosesAWakeUpOfAReader() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Cursor cursor = new Cursor();
            Thread first = started(() -> awaitEnd(cursor));
            Thread second = started(() -> awaitEnd(cursor));
            cursor.advance(1);
            cursor.advance(1);
            cursor.end(StreamEnd.COMPLETE);
            join(first);
            join(second);
            check(!cursor.end(StreamEnd.abandoned(KEY, "late")), "the end changed");
        });
    }

    @Test
    void noInterleavingLosesAWakeUpOfTheWriter() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Cursor cursor = new Cursor();
            Position reader = new Position();
            Flow flow = new Flow(cursor, () -> new Flow.Place[] {reader}, Backpressure.fastestReader(1));
            Thread reading = started(() -> {
                for (long i = 0; i < 2; i++) {
                    reader.position = i + 1;
                    flow.moved(i, i + 1);
                }
            });
            cursor.advance(1);
            for (int i = 0; i < 2; i++) {
                awaitRoom(flow);
                cursor.advance(1);
            }
            join(reading);
        });
    }

    @Test
    void noInterleavingOfLeavingAndJoiningLosesAReaderOrSettlesTwice() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Counting owner = new Counting();
            Entry entry = new Entry(KEY, owner, Backpressure.none());
            Position creator = new Position();
            entry.begin(new Entry.EntryFile(Path.of("x"), -1, Long.MAX_VALUE), creator, OrphanPolicy.ABORT);
            boolean[] joined = {false};
            Thread leaver = started(() -> entry.leave(creator));
            Thread joiner = started(() -> {
                Position mine = new Position();
                joined[0] = entry.join(mine, OrphanPolicy.ABORT);
                if (joined[0]) {
                    check(entry.cursor().end() == null, "joined what had ended");
                    entry.leave(mine);
                }
            });
            join(leaver);
            join(joiner);
            entry.produced();
            check(entry.phase() == Entry.Phase.GONE, "an orphan is left");
            check(owner.withdrawn.get() == 1, "withdrawn " + owner.withdrawn + " times");
            check(owner.settled.get() == 1, "settled " + owner.settled + " times");
        });
    }

    @Test
    void noInterleavingEvictsAnEntryThatIsJoinedOrBeingMade() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Counting owner = new Counting();
            Entry entry = new Entry(KEY, owner, Backpressure.none());
            Entry.EntryFile file = new Entry.EntryFile(Path.of("x"), -1, Long.MAX_VALUE);
            Position creator = new Position();
            entry.begin(file, creator, OrphanPolicy.FINISH);
            boolean[] outcome = {false, false};
            Thread maker = started(() -> {
                check(entry.finishing() && entry.published(file), "it vanished while it was made");
                entry.cursor().end(StreamEnd.COMPLETE);
                entry.leave(creator);
                entry.produced();
            });
            Thread evictor = started(() -> outcome[0] = entry.retire());
            Thread joiner = started(() -> outcome[1] = entry.join(new Position(), OrphanPolicy.ABORT));
            join(maker);
            join(evictor);
            join(joiner);
            check(!(outcome[0] && outcome[1]), "evicted although it was joined");
            check(outcome[0] || entry.phase() == Entry.Phase.COMPLETE, "it went without an evictor");
        });
    }

    @Test
    void noInterleavingOfInvalidationAndPublicationLeavesAVisibleEntry() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Counting owner = new Counting();
            Entry entry = new Entry(KEY, owner, Backpressure.none());
            Entry.EntryFile file = new Entry.EntryFile(Path.of("x"), -1, Long.MAX_VALUE);
            Position creator = new Position();
            entry.begin(file, creator, OrphanPolicy.ABORT);
            Thread invalidator = started(entry::invalidate);
            boolean published = entry.finishing() && entry.published(file);
            join(invalidator);
            check(entry.phase() == Entry.Phase.GONE, "still visible, published " + published);
            check(owner.withdrawn.get() == 1, "withdrawn " + owner.withdrawn + " times");
        });
    }

    @Test
    void noInterleavingOfInvalidationAndOpeningLeavesAFile() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Counting owner = new Counting();
            Entry entry = new Entry(KEY, owner, Backpressure.none());
            Thread invalidator = started(entry::invalidate);
            entry.begin(new Entry.EntryFile(Path.of("x"), -1, Long.MAX_VALUE), new Position(), OrphanPolicy.ABORT);
            join(invalidator);
            check(entry.phase() == Entry.Phase.GONE, "it came back");
            check(!entry.join(new Position(), OrphanPolicy.ABORT), "it can be joined");
            check(owner.files.get() >= 1, "its file was not withdrawn");
        });
    }

    private static void awaitEnd(Cursor cursor) {
        Waiters.Waiter waiter = new Waiters.Waiter();
        while (true) {
            cursor.add(waiter);
            if (cursor.end() != null) {
                check(cursor.written() == 2, "ended at " + cursor.written());
                return;
            }
            LockSupport.park();
        }
    }

    private static void awaitRoom(Flow flow) {
        try {
            check(flow.awaitRoom() >= 1, "no room");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    private static final class Position implements Flow.Place {
        private volatile long position;

        @Override
        public long position() {
            return position;
        }
    }

    private static final class Counting implements Entry.Owner {
        private final AtomicInteger withdrawn = new AtomicInteger();
        private final AtomicInteger files = new AtomicInteger();
        private final AtomicInteger settled = new AtomicInteger();

        @Override
        public void withdraw(Entry entry) {
            withdrawn.incrementAndGet();
            if (entry.file() != null) {
                files.incrementAndGet();
            }
        }

        @Override
        public void idle(Entry entry) {}

        @Override
        public void settled(Entry entry) {
            settled.incrementAndGet();
        }
    }
}
