package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.LeaseTimeoutException;
import io.blobpath.store.task.ShelfUpdate.Request;
import io.blobpath.tck.memory.MemoryOptions;
import io.blobpath.tck.memory.MemoryStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fresh state inside the lock, for two nodes on one store: rows AP-1 to AP-8, AP-D2, AP-D6, BN-4 to BN-8. */
final class UpdateTest extends QueueTest {
    private static final LeaseOptions LEASES = LeaseOptions.DEFAULT;
    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final BlobPath PATH = BlobPath.of("library/base/blob");

    @TempDir
    Path folder;

    private Shelf shelf;
    private BlobPathCache cache;
    private BlobPathCache otherCache;
    private TaskQueue otherQueue;
    private Updates<Shelf> updates;
    private Updates<Shelf> others;

    @BeforeEach
    void openTwoNodes() {
        shelf = new Shelf(folder);
        cache = BlobPathCaches.open(CacheConfig.of(new MemoryOptions(folder.toString())));
        otherCache = BlobPathCaches.open(CacheConfig.of(new MemoryOptions(folder.toString())));
        otherQueue = new TaskQueue(pool, 0, clock);
        updates = new Updates<>(queue, cache.leases(), shelf, UpdateOptions.DEFAULT);
        others = new Updates<>(otherQueue, otherCache.leases(), shelf, UpdateOptions.DEFAULT);
    }

    @AfterEach
    void closeThem() {
        otherQueue.close();
        queue.close();
        assertThat(cache.leases().list(Optional.empty(), 10).leases()).isEmpty();
        cache.close();
        otherCache.close();
        MemoryStores.drop(folder.toString());
    }

    @Test
    void additionsOfTwoNodesLoseNothing() throws Exception {
        List<Task<Integer>> tasks = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            tasks.add(
                    (i % 2 == 0 ? updates : others).submit(ShelfUpdate.ADD, new Request("list", "line " + i), none()));
        }

        for (Task<Integer> task : tasks) {
            task.await(LONG);
        }
        assertThat(shelf.read("list")).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void theBodySeesWhatAnotherNodeWroteWhileItWaited() throws Exception {
        shelf.write("list", List.of("old"));
        try (Lease held = otherCache.leases().acquire(Shelf.resource("list").lease(), LEASES)) {
            Task<Integer> task = updates.submit(ShelfUpdate.ADD, new Request("list", "new"), none());
            shelf.write("list", List.of("old", "meanwhile"));
            held.close();

            assertThat(task.await(LONG)).isEqualTo(3);
        }

        assertThat(shelf.read("list")).containsExactly("old", "meanwhile", "new");
    }

    @Test
    void whatTheStateDoesNotAllowIsRefusedAtOnce() {
        assertThatThrownBy(() -> updates.submit(ShelfUpdate.RENAME, new Request("absent", "name"), none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no file absent");
        assertThat(queue.tasks()).isEmpty();
    }

    @Test
    void ofTwoRenamesToOneNameOneIsRefusedInside() throws Exception {
        shelf.write("one", List.of("1"));
        shelf.write("two", List.of("2"));
        Lease held = otherCache.leases().acquire(Resource.of("names").lease(), LEASES);

        Task<Integer> one = updates.submit(ShelfUpdate.RENAME, new Request("one", "name"), none());
        Task<Integer> two = others.submit(ShelfUpdate.RENAME, new Request("two", "name"), none());
        held.close();

        List<Task<Integer>> refused = new ArrayList<>();
        for (Task<Integer> task : List.of(one, two)) {
            try {
                task.await(LONG);
            } catch (ExecutionException e) {
                assertThat(e).hasRootCauseMessage("there is a file name");
                refused.add(task);
            }
        }
        assertThat(refused).hasSize(1);
        assertThat(shelf.files()).hasSize(2).contains("name");
    }

    @Test
    void aDropThatWaitedSeesTheReferenceThatWasAdded() throws Exception {
        shelf.write("base", List.of("content"));
        shelf.write("index", List.of("something"));
        CountDownLatch adding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Task<Integer> add = updates.submit(
                ShelfUpdate.ADD,
                new Request("index", "base", transaction -> {
                    adding.countDown();
                    await(goOn);
                }),
                none());
        adding.await();

        Task<Integer> drop = others.submit(ShelfUpdate.DROP, new Request("base", ""), none());
        goOn.countDown();

        add.await(LONG);
        assertThatThrownBy(() -> drop.await(LONG)).hasRootCauseMessage("base is still referred to");
        assertThat(shelf.files()).contains("base");
    }

    @Test
    void aPlanThatAsksForMoreInsideIsLockedAnewBeforeTheBodyRuns() throws Exception {
        shelf.write("base", List.of("content"));
        List<TaskSnapshot> seen = new ArrayList<>();
        Lease held = otherCache.leases().acquire(Shelf.resource("base").lease(), LEASES);

        Task<Integer> drop = updates.submit(
                ShelfUpdate.DROP,
                new Request("base", "", transaction -> {
                    assertThat(transaction.fence(Shelf.resource("late"))).isPositive();
                    queue.find(transaction.task().id()).ifPresent(task -> seen.add(task.snapshot()));
                }),
                none());
        assertThat(drop.snapshot().resources()).hasToString("shelf/base");
        shelf.write("late", List.of("something"));
        held.close();

        drop.await(LONG);
        assertThat(seen.get(0).resources()).hasToString("shelf/base, shelf/late");
        assertThat(seen.get(0).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aPlanThatNeverSettlesEnds() {
        assertThatThrownBy(() -> updates.run(
                        SmallUpdates.Restless.UPDATE, new SmallUpdates.Restless.Counter(new AtomicInteger()), none()))
                .isInstanceOf(UnsettledPlanException.class)
                .hasMessageContaining("after 10 attempts")
                .hasMessageContaining("count/11");
    }

    @Test
    void aPlanNamesSomething() {
        assertThatThrownBy(() -> updates.run(SmallUpdates.Idle.UPDATE, new SmallUpdates.Idle.Nothing(), none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("idle: its plan names no resource");
    }

    @Test
    void whatIsRecordedIsGuardedByTheLeaseOfTheDigest() throws Exception {
        updates.run(
                SmallUpdates.Recording.PUT,
                new SmallUpdates.Recording.Copy(DIGEST, PATH, transaction -> {
                    assertThat(transaction.entry(DIGEST)).isEmpty();
                    assertThatThrownBy(() -> transaction.put(Digest.parse("sha256:" + "b".repeat(64)), PATH))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("is not in the plan");
                }),
                none());
        assertThat(cache.canonical(DIGEST)).contains(PATH);

        assertThatThrownBy(() -> updates.run(
                        SmallUpdates.Recording.PUT,
                        new SmallUpdates.Recording.Copy(DIGEST, BlobPath.of("other"), transaction -> {
                            long fence = transaction.fence(Resource.of(DIGEST));
                            otherCache.leases().breakLease(Resource.of(DIGEST).lease(), fence);
                        }),
                        none()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(cache.contains(DIGEST, BlobPath.of("other"))).isFalse();
    }

    @Test
    void anUpdateThatLostItsLeaseIsInterruptedAndHasFailedEvenIfItsBodyReturned() {
        Updates<Shelf> brief = new Updates<>(
                queue, cache.leases(), shelf, new UpdateOptions(LEASES.withLease(Duration.ofMillis(100)), 1));
        AtomicReference<Throwable> interrupt = new AtomicReference<>();

        assertThatThrownBy(() -> brief.run(ShelfUpdate.ADD, new Request("list", "1", this::lose), none()))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("shelf/list");
        assertThatThrownBy(() -> brief.run(
                        SmallUpdates.Recording.PUT,
                        new SmallUpdates.Recording.Copy(DIGEST, PATH, transaction -> {
                            try {
                                lose(transaction);
                            } catch (InterruptedException e) {
                                interrupt.set(e);
                            }
                        }),
                        none()))
                .isInstanceOf(LeaseLostException.class);

        assertThat(interrupt.get()).isNotNull();
        assertThat(cache.canonical(DIGEST)).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aTransactionIsUselessWhenItsUpdateIsOver() throws Exception {
        List<Transaction> kept = new ArrayList<>();

        updates.run(ShelfUpdate.ADD, new Request("list", "line", kept::add), none());

        assertThatThrownBy(() -> kept.get(0).persist(() -> {}, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the update is over");
        assertThatThrownBy(() -> kept.get(0).fence(Shelf.resource("list"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memoryFollowsTheDiskAndTheFileFollowsItsRecord() throws Exception {
        List<String> steps = new ArrayList<>();
        IOException full = new IOException("disk full");

        updates.run(
                ShelfUpdate.ADD,
                new Request("list", "line", transaction -> {
                    transaction.persist(() -> steps.add("disk"), () -> steps.add("memory"));
                    transaction.delete(() -> steps.add("record"), () -> steps.add("file"));
                    assertThatThrownBy(() -> transaction.persist(() -> fail(full), () -> steps.add("never")))
                            .isSameAs(full);
                    assertThatThrownBy(() -> transaction.delete(() -> fail(full), () -> steps.add("never")))
                            .isSameAs(full);
                }),
                none());

        assertThat(steps).containsExactly("disk", "memory", "record", "file");
    }

    @Test
    void cleanUpTakesEveryStepBeforeTheResourcesAreFree() {
        List<String> steps = new ArrayList<>();
        IOException first = new IOException("first");
        IOException second = new IOException("second");

        assertThatThrownBy(() -> updates.run(
                        ShelfUpdate.ADD,
                        new Request("list", "line", transaction -> {
                            transaction.atEnd(() -> steps.add("last "
                                    + cache.leases()
                                            .peek(Shelf.resource("list").lease())
                                            .isPresent()));
                            transaction.atEnd(() -> fail(second));
                            transaction.atEnd(() -> fail(first));
                        }),
                        none()))
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(steps).containsExactly("last true");
    }

    @Test
    void waitingForAnotherNodeEndsWithItsPatienceWithACancelAndWithTheDeadline() throws Exception {
        Updates<Shelf> hasty =
                new Updates<>(queue, cache.leases(), shelf, new UpdateOptions(LEASES.withPatience(Duration.ZERO), 10));
        try (Lease held = otherCache.leases().acquire(Shelf.resource("list").lease(), LEASES)) {
            assertThatThrownBy(() -> hasty.run(ShelfUpdate.ADD, new Request("list", "line"), none()))
                    .isInstanceOf(LeaseTimeoutException.class)
                    .hasMessageContaining("shelf/list");

            Task<Integer> cancelled = updates.submit(ShelfUpdate.ADD, new Request("list", "line"), none());
            cancelled.cancel();
            assertThatThrownBy(() -> cancelled.await(LONG)).isInstanceOf(CancellationException.class);

            Task<Integer> late = updates.submit(
                    ShelfUpdate.ADD, new Request("list", "line"), none().withDeadline(Duration.ofSeconds(5)));
            clock.advance(Duration.ofSeconds(5));
            assertThatThrownBy(() -> late.await(LONG)).isInstanceOf(ExecutionException.class);
        }
        assertThat(shelf.read("list")).isEmpty();
    }

    @Test
    void anUpdateWaitsForTasksOfItsOwnProcessFirst() throws Exception {
        Holder local = holder("local", ResourceSet.sharedBelow("shelf")).began();

        Task<Integer> task = updates.submit(ShelfUpdate.ADD, new Request("list", "line"), none());

        assertThat(task.snapshot().waitsFor()).hasValue(local.task.toString());
        assertThat(cache.leases().peek(Shelf.resource("list").lease())).isEmpty();
        local.end();
        task.await(LONG);
    }

    private static TaskOptions none() {
        return TaskOptions.DEFAULT;
    }

    /** Lets an operator take the leases away, and waits for the interrupt. */
    private void lose(Transaction transaction) throws InterruptedException {
        for (LeaseState state : otherCache.leases().list(Optional.empty(), 10).leases()) {
            otherCache.leases().breakLease(state.name(), state.fence());
        }
        new CountDownLatch(1).await();
    }

    private static void fail(IOException reason) throws IOException {
        throw reason;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
