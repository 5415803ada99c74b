package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.LeaseOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules L1 to L4 and L9: handles, from open to close. */
abstract sealed class LifecycleRules extends ScanRules permits OpeningRules {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    @Tag("L1")
    public final void everyCallAfterCloseIsRefused() {
        BlobPathCache cache = open();
        cache.put(digest(1), path("a"));

        cache.close();

        Calls.all(cache)
                .forEach((call, body) -> assertThatThrownBy(body::run)
                        .as("%s after close", call)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed"));
    }

    @Test
    @Tag("L1")
    public final void callsThatMeetCloseAreDoneOrRefused() throws Exception {
        BlobPathCache cache = open();
        BlobPathCache other = open();
        CountDownLatch busy = new CountDownLatch(4);
        List<BlobRecord> acknowledged = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Digest digest = digest(thread);
            tasks.add(() -> {
                for (int number = 0; ; number++) {
                    BlobRecord record = new BlobRecord(digest, path("p" + number));
                    try {
                        cache.put(record.digest(), record.path());
                    } catch (IllegalStateException refused) {
                        return true;
                    }
                    acknowledged.add(record);
                    busy.countDown();
                }
            });
        }
        tasks.add(() -> {
            busy.await();
            cache.close();
            return true;
        });

        assertThat(Race.run(tasks)).as("each thread met the close").containsOnly(true);
        assertThat(acknowledged)
                .allMatch(record -> other.contains(record.digest(), record.path()), "found through another handle");
    }

    @Test
    @Tag("L2")
    public final void closingAgainDoesNothing() {
        BlobPathCache cache = open();
        BlobPathCache other = open();
        cache.put(digest(1), path("a"));

        cache.close();
        cache.close();

        assertPaths(other, digest(1), "a");
    }

    @Test
    @Tag("L2")
    public final void closingFromManyThreadsWorks() throws Exception {
        BlobPathCache cache = open();
        cache.put(digest(1), path("a"));

        Race.run(Collections.nCopies(4, () -> {
            cache.close();
            return true;
        }));

        assertThatThrownBy(cache::info).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("L2")
    public final void closingOneHandleDoesNotDisturbAnother() {
        BlobPathCache one = open();
        BlobPathCache other = open();
        one.put(digest(1), path("a"));

        one.close();
        other.put(digest(1), path("b"));

        assertPaths(other, digest(1), "a", "b");
        assertPaths(open(), digest(1), "a", "b");
    }

    @Test
    @Tag("L3")
    public final void recordsSurviveReopen() {
        needs(Capability.DURABILITY);
        List<Digest> digests = Sample.digests(100);
        BlobPathCache before = open();
        before.putAll(Sample.records(digests, path("m")));
        before.putAll(Sample.records(digests, path("a")));
        before.remove(digests.get(1), path("m"));
        before.removeAll(Sample.records(digests.get(2), "m", "a"));

        before.close();
        BlobPathCache after = open();

        assertPaths(after, digests.get(0), "m", "a");
        assertPaths(after, digests.get(1), "a");
        assertAbsent(after, digests.get(2));
        assertThat(Entries.scan(after, ScanRequest.first(1000)))
                .as("digests left")
                .hasSize(99);
    }

    @Test
    @Tag("L3")
    public final void reopeningManyTimesLosesNothing() {
        needs(Capability.DURABILITY);

        for (int round = 0; round < 10; round++) {
            BlobPathCache cache = open();
            cache.put(digest(1), path("p" + round));
            cache.close();
        }

        assertPaths(open(), digest(1), "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
    }

    @Test
    @Tag("L4")
    public final void handlesSeeEachOthersPutsAtOnce() {
        BlobPathCache one = open();
        BlobPathCache other = open();

        for (int round = 0; round < 50; round++) {
            BlobPath path = path(String.format("p%02d", round));
            assertThat(other.canonical(digest(round))).as("before the put").isEmpty();
            one.put(digest(round), path);
            assertThat(other.canonical(digest(round)))
                    .as("put seen by the other")
                    .contains(path);
            assertThat(other.put(digest(round), path("a")).canonical()).isEqualTo(path);
            assertThat(one.contains(digest(round), path("a")))
                    .as("put seen by the one")
                    .isTrue();
        }
    }

    @Test
    @Tag("L4")
    public final void handlesSeeEachOthersRemovalsAtOnce() {
        BlobPathCache one = open();
        BlobPathCache other = open();
        one.putAll(Sample.records(digest(1), "m", "a", "z"));

        assertPaths(other, digest(1), "m", "a", "z");
        other.remove(digest(1), path("m"));
        assertPaths(one, digest(1), "a", "z");
        one.removeAll(Sample.records(digest(1), "z"));
        assertPaths(other, digest(1), "a");
        assertThat(other.remove(digest(1), path("a"))).isEqualTo(RemoveResult.lastPath());
        assertAbsent(one, digest(1));
    }

    @Test
    @Tag("L9")
    public final void closedHandlesLeaveNoThread() throws Exception {
        useAndClose(); // What is made once for the whole JVM may stay.
        ThreadGroup group = new ThreadGroup("closed-handles");
        FutureTask<Void> uses = new FutureTask<>(
                () -> {
                    useAndClose();
                    useAndClose();
                },
                null);
        Thread user = new Thread(group, uses, "user");

        user.start();
        uses.get();
        user.join();

        long end = System.nanoTime() + PATIENCE.toNanos();
        while (group.activeCount() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        Thread[] left = new Thread[group.activeCount() + 8];
        int count = group.enumerate(left);
        assertThat(Arrays.stream(left, 0, count).map(Thread::getName))
                .as("threads %s after the last close", PATIENCE)
                .isEmpty();
    }

    private void useAndClose() {
        try (BlobPathCache one = open();
                BlobPathCache other = open()) {
            Calls.all(one).values().forEach(Runnable::run);
            Calls.all(other).values().forEach(Runnable::run);
            if (!store().unsupported().containsKey(Capability.LEASES)) {
                one.leases()
                        .tryAcquire(digest(1), LeaseOptions.DEFAULT)
                        .orElseThrow()
                        .close();
            }
        }
    }
}
