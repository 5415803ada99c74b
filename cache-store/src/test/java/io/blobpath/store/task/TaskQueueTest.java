package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** States, results, history and failures: rows AQ-1, AQ-4, AQ-5, AP-10, AP-D1, AP-D7, AP-D8 and AP-D9. */
final class TaskQueueTest extends QueueTest {
    @Test
    void keepsStateResultAndOutput() throws Exception {
        Task<String> task = queue.submit("gc", ResourceSet.exclusive(A), context -> {
            context.print("marked 3");
            context.progress(3);
            return "freed";
        });

        assertThat(task.await(LONG)).isEqualTo("freed");
        TaskSnapshot snapshot = task.snapshot();
        assertThat(snapshot.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(snapshot.output()).containsExactly("marked 3");
        assertThat(snapshot.progress()).isEqualTo(3);
        assertThat(snapshot.started()).isPresent();
        assertThat(snapshot.ended()).isPresent();
        assertThat(queue.tasks()).containsExactly(snapshot);
    }

    @Test
    void forgetsOnlyWhatHasEnded() throws Exception {
        Holder running = holder("running", ResourceSet.exclusive(A)).began();
        Holder queued = holder("queued", ResourceSet.exclusive(A));
        Task<String> ended = queue.submit("ended", ResourceSet.exclusive(B), context -> "done");
        ended.await(LONG);

        assertThat(queue.forget(running.task.id())).isFalse();
        assertThat(queue.forget(queued.task.id())).isFalse();
        assertThat(queue.clear()).isEqualTo(1);
        assertThat(queue.tasks()).extracting(TaskSnapshot::name).containsExactly("running", "queued");
        running.end();
        queued.end();
        assertThat(queue.forget(queued.task.id())).isTrue();
        assertThat(queue.find(queued.task.id())).isEmpty();
    }

    @Test
    void theHistoryIsBounded() {
        try (TaskQueue small = new TaskQueue(Runnable::run, 2, clock)) {
            for (int i = 0; i < 5; i++) {
                small.submit("task " + i, ResourceSet.none(), context -> "done");
            }

            assertThat(small.tasks()).extracting(TaskSnapshot::name).containsExactly("task 3", "task 4");
            assertThat(small.scheduler().footprint()).isZero();
        }
    }

    @Test
    void theOutputIsBounded() throws Exception {
        Task<String> task = queue.submit("talk", ResourceSet.none(), context -> {
            for (int i = 0; i < 10_000; i++) {
                context.print("line " + i);
            }
            context.print("x".repeat(100_000));
            return "done";
        });

        task.await(LONG);

        List<String> output = task.snapshot().output();
        assertThat(output.stream().mapToInt(String::length).sum()).isPositive().isLessThanOrEqualTo(TaskOutput.LIMIT);
    }

    @Test
    void aCallThatWaitsGoesThroughTheQueueAndLeavesNothing() throws Exception {
        Holder running = holder("running", ResourceSet.exclusive(A)).began();
        Task<String> caller = queue.submit("caller", ResourceSet.none(), context -> {
            try (TaskQueue other = new TaskQueue(Runnable::run)) {
                return other.run("elsewhere", ResourceSet.exclusive(A), inner -> "another queue is not in the way");
            }
        });
        caller.await(LONG);
        AtomicReference<String> result = new AtomicReference<>();
        Thread thread = new Thread(() -> result.set(call("call")));
        thread.start();
        while (queue.tasks().stream().noneMatch(task -> task.name().equals("call"))) {
            Thread.onSpinWait();
        }

        assertThat(result.get()).isNull();
        running.end();
        thread.join();
        assertThat(result.get()).isEqualTo("call");
        assertThat(queue.tasks()).extracting(TaskSnapshot::name).doesNotContain("call");
    }

    @Test
    void theCallerGetsWhatTheBodyThrewAsItIs() {
        IOException thrown = new IOException("disk full");

        assertThatThrownBy(() -> queue.run("fails", ResourceSet.exclusive(A), context -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(queue.scheduler().footprint()).isZero();
    }

    @Test
    void anErrorFailsItsTaskOnly() throws Exception {
        AssertionError thrown = new AssertionError("broken");
        Task<String> broken = queue.submit("broken", ResourceSet.exclusive(A), context -> {
            throw thrown;
        });
        Task<String> next = queue.submit("next", ResourceSet.exclusive(A), context -> "fine");

        assertThat(next.await(LONG)).isEqualTo("fine");
        assertThatThrownBy(() -> broken.await(LONG))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(thrown);
        assertThat(broken.snapshot().failure()).hasValue(thrown.toString());
    }

    @Test
    @SuppressWarnings("NullAway") // The point.
    void aBodyThatReturnsNullFailsAndSaysSo() {
        Task<String> task = queue.submit("null", ResourceSet.none(), context -> null);

        assertThatThrownBy(() -> task.await(LONG)).hasMessageContaining("the body returned null");
        assertThat(task.snapshot().state()).isEqualTo(TaskState.FAILED);
    }

    @Test
    void anExecutorThatRefusesFailsTheTaskAndFreesItsResources() throws Exception {
        try (TaskQueue refused = new TaskQueue(command -> {
            throw new RejectedExecutionException("full");
        })) {
            Task<String> task = refused.submit("task", ResourceSet.exclusive(A), context -> "never");

            assertThatThrownBy(() -> task.await(LONG)).hasRootCauseMessage("full");
            String next = refused.run("next", ResourceSet.exclusive(A), context -> "runs in its caller");
            assertThat(next).isEqualTo("runs in its caller");
            assertThat(refused.scheduler().footprint()).isZero();
        }
    }

    @Test
    void aTaskWithoutResourcesStartsOnce() {
        HandExecutor hands = new HandExecutor();
        try (TaskQueue byHand = new TaskQueue(hands, 10, clock)) {
            AtomicInteger runs = new AtomicInteger();
            byHand.submit("running", ResourceSet.exclusive(A), context -> "done");
            byHand.submit("empty", ResourceSet.none(), context -> runs.incrementAndGet());
            byHand.submit("another", ResourceSet.none(), context -> "done");

            hands.run(0);
            hands.runAll();

            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void anExecutorThatRunsTwiceRunsTheBodyOnce() {
        AtomicInteger runs = new AtomicInteger();
        try (TaskQueue twice = new TaskQueue(command -> {
            command.run();
            command.run();
        })) {
            twice.submit("task", ResourceSet.none(), context -> runs.incrementAndGet());
        }

        assertThat(runs).hasValue(1);
    }

    @Test
    void resourcesAreReleasedOnceAndByTheirOwner() throws Exception {
        Task<String> first = queue.submit("first", ResourceSet.exclusive(A), context -> "done");
        first.await(LONG);
        Holder second = holder("second", ResourceSet.exclusive(A)).began();
        Holder third = holder("third", ResourceSet.exclusive(A));

        assertThat(first.cancel()).isFalse();
        assertThat(first.cancel()).isFalse();

        assertThat(third.isQueued()).isTrue();
        second.end();
        third.end();
    }

    @Test
    void aBodyDoesNotWaitForItsOwnQueue() {
        for (TaskBody<String, Exception> body : List.<TaskBody<String, Exception>>of(
                context -> call("nested"),
                context ->
                        queue.submit("nested", ResourceSet.none(), inner -> "x").await(),
                context -> {
                    queue.close();
                    return "closed";
                })) {
            assertThatThrownBy(() -> queue.run("outer", ResourceSet.exclusive(A), body))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("must not wait for tasks of its own queue");
        }
    }

    @Test
    void aSnapshotIsOfOneMoment() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Task<String> task = queue.submit("task", ResourceSet.exclusive(A), context -> "done");
            TaskSnapshot snapshot;
            do {
                snapshot = task.snapshot();
                boolean ended = snapshot.state().isFinal();
                assertThat(snapshot.ended().isPresent()).isEqualTo(ended);
                assertThat(ended && snapshot.started().isEmpty()).isFalse();
            } while (!snapshot.state().isFinal());
        }
    }

    @Test
    void longChainsOnTheCallersOwnThreadDoNotFillTheStack() throws Exception {
        try (TaskQueue direct = new TaskQueue(Runnable::run, 0, clock)) {
            AtomicInteger runs = new AtomicInteger();

            direct.run("first", ResourceSet.exclusive(A), context -> {
                for (int i = 0; i < 20_000; i++) {
                    direct.submit("task", ResourceSet.exclusive(A), inner -> runs.incrementAndGet());
                }
                return "done";
            });

            assertThat(runs).hasValue(20_000);
        }
    }

    @Test
    void closingCancelsWhatWaitsAndWhatRuns() throws Exception {
        Holder running = holder("running", ResourceSet.exclusive(A)).began();
        Holder queued = holder("queued", ResourceSet.exclusive(A));

        queue.close();

        assertThat(running.task.snapshot().state()).isEqualTo(TaskState.CANCELLED);
        assertThat(queued.task.snapshot().state()).isEqualTo(TaskState.CANCELLED);
        assertThatThrownBy(() -> queued.task.await(LONG)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> queue.submit("late", ResourceSet.none(), context -> "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        queue.close();
    }

    @Test
    void closingWhenDoneLetsAllEnd() throws Exception {
        List<Task<String>> tasks = List.of(
                queue.submit("1", ResourceSet.exclusive(A), context -> "1"),
                queue.submit("2", ResourceSet.exclusive(A), context -> "2"));

        queue.closeWhenDone();

        assertThat(tasks).allMatch(task -> task.snapshot().state() == TaskState.SUCCEEDED);
        assertThatThrownBy(() -> call("late")).isInstanceOf(IllegalStateException.class);
    }

    private String call(String name) {
        try {
            return queue.run(name, ResourceSet.exclusive(A), context -> name);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
