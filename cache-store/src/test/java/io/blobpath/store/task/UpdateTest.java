package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseTimeoutException;
import io.blobpath.store.fixture.Latches;
import io.blobpath.store.task.ShelfUpdate.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Fresh state inside the lock, for two nodes on one store: rows AP-1 to AP-9, AP-D2, AP-D6, BN-4 to BN-6. */
final class UpdateTest extends TwoNodesTest {
    private static final LeaseOptions LEASES = LeaseOptions.DEFAULT;

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
                    Latches.await(goOn);
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
    void aChangeOfModeHoldsTheOldModeAndTheNewOne() throws Exception {
        shelf.write("mode", List.of("single"));
        Lease held = otherCache
                .leases()
                .acquire(SmallUpdates.Switching.resource("single").lease(), LEASES);
        List<Long> fences = new ArrayList<>();

        Task<String> task = updates.submit(
                SmallUpdates.Switching.SWITCH,
                new SmallUpdates.Switching.To("shared", transaction -> {
                    fences.add(transaction.fence(SmallUpdates.Switching.resource("mirrored")));
                    fences.add(transaction.fence(SmallUpdates.Switching.resource("shared")));
                }),
                none());
        shelf.write("mode", List.of("mirrored"));
        held.close();

        assertThat(task.await(LONG)).isEqualTo("mirrored");
        assertThat(fences).hasSize(2);
        assertThat(shelf.read("mode")).containsExactly("shared");
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
}
