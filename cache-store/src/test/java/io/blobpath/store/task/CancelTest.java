package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Cancel and deadline at every wait: rows BN-1, AP-D7 and the trap of the caller who is cancelled already. */
final class CancelTest extends QueueTest {
    private static final int TRIES = 10_000;

    @Test
    void whoIsInterruptedAlreadyNeverGetsTheResources() {
        AtomicInteger runs = new AtomicInteger();

        for (int i = 0; i < TRIES; i++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(
                            () -> queue.run("cancelled", ResourceSet.exclusive(A), context -> runs.incrementAndGet()))
                    .isInstanceOf(InterruptedException.class);
        }

        assertThat(runs).hasValue(0);
        assertThat(queue.scheduler().footprint()).isZero();
    }

    @Test
    void aTaskThatWasCancelledInTheQueueNeverRuns() {
        HandExecutor hands = new HandExecutor();
        try (TaskQueue byHand = new TaskQueue(hands, 0, clock)) {
            AtomicInteger runs = new AtomicInteger();
            for (int i = 0; i < TRIES; i++) {
                byHand.submit("first", ResourceSet.exclusive(A), context -> "done");
                Task<Integer> second =
                        byHand.submit("second", ResourceSet.exclusive(A), context -> runs.incrementAndGet());
                // At every other try it has its resources already, and only no thread.
                if (i % 2 == 0) {
                    hands.run(0);
                }

                assertThat(second.cancel()).isTrue();
                hands.runAll();
            }

            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void aTaskThatIsCancelledWhileItStartsRunsOrDoesNotButNeverBoth() throws Exception {
        for (int i = 0; i < 500; i++) {
            AtomicInteger runs = new AtomicInteger();
            Task<Integer> task = queue.submit("race", ResourceSet.exclusive(A), context -> runs.incrementAndGet());

            task.cancel();

            queue.run("behind", ResourceSet.exclusive(A), context -> "free");
            boolean succeeded = task.snapshot().state() == TaskState.SUCCEEDED;
            assertThat(runs.get()).isLessThanOrEqualTo(1);
            assertThat(!succeeded || runs.get() == 1).isTrue();
        }
    }

    @Test
    void cancellingWhatRunsInterruptsItAndKeepsTheResourcesUntilItReturns() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Task<String> task = queue.submit("stubborn", ResourceSet.exclusive(A), context -> {
            began.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                end.await();
                assertThat(context.isStopped()).isTrue();
                assertThatThrownBy(context::check).isInstanceOf(CancellationException.class);
                throw e;
            }
            return "never";
        });
        Holder next = holder("next", ResourceSet.exclusive(A));
        began.await();

        assertThat(task.cancel()).isTrue();
        interrupted.await();
        assertThat(next.isQueued()).isTrue();
        assertThat(task.snapshot().state()).isEqualTo(TaskState.RUNNING);
        end.countDown();

        next.began().end();
        assertThatThrownBy(() -> task.await(LONG)).isInstanceOf(CancellationException.class);
    }

    @Test
    void aBodyThatSucceedsAllTheSameHasSucceeded() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Task<String> task = queue.submit("atomic", ResourceSet.none(), context -> {
            began.countDown();
            while (!context.isStopped()) {
                Thread.onSpinWait();
            }
            return "done";
        });
        began.await();

        task.cancel();

        assertThat(task.await(LONG)).isEqualTo("done");
    }

    @Test
    void theInterruptOfATaskDoesNotReachTheNextOneOfItsThread() throws Exception {
        HandExecutor hands = new HandExecutor();
        try (TaskQueue byHand = new TaskQueue(hands, 10, clock)) {
            byHand.submit("cancels itself", ResourceSet.none(), context -> {
                byHand.find(context.id()).ifPresent(Task::cancel);
                return "done";
            });

            hands.runAll();

            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void aWaiterThatIsInterruptedLeavesAndNobodyWaitsForIt() throws Exception {
        Holder holder = holder("holder", ResourceSet.exclusive(A)).began();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                queue.run("waiter", ResourceSet.exclusive(A).and(ResourceSet.exclusive(B)), context -> "never");
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        waiter.start();
        while (queue.tasks().size() < 2) {
            Thread.onSpinWait();
        }
        Holder behind = holder("behind", ResourceSet.exclusive(B));
        assertThat(behind.isQueued()).isTrue();

        waiter.interrupt();

        waiter.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        behind.began().end();
        holder.end();
    }

    @Test
    void aTaskThatIsQueuedAtItsDeadlineFailsAndSaysForWhatItWaited() throws Exception {
        Holder holder = holder("holder", ResourceSet.exclusive(A)).began();
        Task<String> late = queue.submit(
                "late",
                ResourceSet.exclusive(A),
                context -> "never",
                TaskOptions.DEFAULT.withDeadline(Duration.ofSeconds(10)));

        clock.advance(Duration.ofSeconds(9));
        assertThat(late.snapshot().state()).isEqualTo(TaskState.QUEUED);
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> late.await(LONG))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("late")
                .hasRootCauseMessage(late + " was still queued; it waited for " + holder.task);
        assertThat(late.snapshot().state()).isEqualTo(TaskState.FAILED);
        holder.end();
    }

    @Test
    void aTaskThatRunsAtItsDeadlineIsInterruptedAndFails() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Task<String> task = queue.submit(
                "slow",
                ResourceSet.exclusive(A),
                context -> {
                    assertThat(context.remaining()).hasValue(Duration.ofSeconds(10));
                    began.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                },
                TaskOptions.DEFAULT.withDeadline(Duration.ofSeconds(10)));
        began.await();

        clock.advance(Duration.ofSeconds(10));

        assertThatThrownBy(() -> task.await(LONG)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(task.snapshot().state()).isEqualTo(TaskState.FAILED);
    }

    @Test
    void aCallerAtItsDeadlineIsTold() {
        TaskOptions soon = TaskOptions.DEFAULT.withDeadline(Duration.ofSeconds(1));

        assertThatThrownBy(() -> queue.run(
                        "slow",
                        ResourceSet.exclusive(A),
                        context -> {
                            clock.advance(Duration.ofSeconds(1));
                            new CountDownLatch(1).await();
                            return "never";
                        },
                        soon))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("was not done by its deadline");
    }

    @Test
    void aTaskWhosePatienceIsOverFailsAndSaysForWhatItWaited() throws Exception {
        Holder holder = holder("holder", ResourceSet.exclusive(A)).began();
        TaskOptions patient = TaskOptions.DEFAULT.withPatience(Duration.ofSeconds(10));
        Task<String> late = queue.submit("late", ResourceSet.exclusive(A), context -> "never", patient);
        Holder behind = holder("behind", ResourceSet.exclusive(A));

        clock.advance(Duration.ofSeconds(9));
        assertThat(late.snapshot().state()).isEqualTo(TaskState.QUEUED);
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> late.await(LONG))
                .hasCauseInstanceOf(TimeoutException.class)
                .hasRootCauseMessage(late + " did not get repo/a within PT10S; it waited for " + holder.task);
        assertThat(late.snapshot().state()).isEqualTo(TaskState.FAILED);
        holder.end();
        behind.began().end();
    }

    @Test
    void aCallerWhosePatienceIsOverIsTold() throws Exception {
        Holder holder = holder("holder", ResourceSet.exclusive(A)).began();
        FutureTask<String> late = new FutureTask<>(() -> queue.run(
                "late",
                ResourceSet.exclusive(A),
                context -> "never",
                TaskOptions.DEFAULT.withPatience(Duration.ofSeconds(10))));
        pool.execute(late);
        while (clock.alarms() == 0) {
            Thread.onSpinWait();
        }

        clock.advance(Duration.ofSeconds(10));

        assertThatThrownBy(late::get)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("it waited for " + holder.task);
        holder.end();
    }

    @Test
    void patienceEndsWithTheWait() throws Exception {
        Holder holder = holder("holder", ResourceSet.exclusive(A)).began();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Task<String> task = queue.submit(
                "next",
                ResourceSet.exclusive(A),
                context -> {
                    began.countDown();
                    end.await();
                    return "done";
                },
                TaskOptions.DEFAULT.withPatience(Duration.ofSeconds(10)));
        holder.end();
        began.await();

        assertThat(clock.alarms()).isZero();
        clock.advance(Duration.ofSeconds(10));
        end.countDown();

        assertThat(task.await(LONG)).isEqualTo("done");
    }

    @Test
    void whoWaitsForAResultMayLeave() throws Exception {
        Holder holder = holder("holder", ResourceSet.exclusive(A)).began();

        assertThatThrownBy(() -> holder.task.await(Duration.ZERO)).isInstanceOf(TimeoutException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> holder.task.await()).isInstanceOf(InterruptedException.class);

        assertThat(holder.task.snapshot().state()).isEqualTo(TaskState.RUNNING);
        holder.end();
    }
}
