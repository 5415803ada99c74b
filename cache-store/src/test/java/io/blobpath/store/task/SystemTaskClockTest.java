package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.store.fixture.Latches;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real clock and its alarms. */
@Timeout(60)
final class SystemTaskClockTest {
    private final TaskClock clock = TaskClock.SYSTEM;

    @Test
    void theTimesAreReal() {
        assertThat(clock.now()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(clock.nanoTime()).isLessThanOrEqualTo(System.nanoTime());
    }

    /** Those who wait in the common pool wait for just this alarm. */
    @Test
    void anAlarmRingsWhileTheCommonPoolIsFull() throws Exception {
        int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
        CountDownLatch full = new CountDownLatch(threads);
        CountDownLatch end = new CountDownLatch(1);
        Runnable waiting = () -> {
            full.countDown();
            Latches.await(end);
        };
        var tasks = IntStream.range(0, threads)
                .<ForkJoinTask<?>>mapToObj(i -> ForkJoinPool.commonPool().submit(waiting))
                .toList();
        try {
            full.await();
            CompletableFuture<Thread> rung = new CompletableFuture<>();

            clock.schedule(() -> rung.complete(Thread.currentThread()), Duration.ofMillis(1));

            assertThat(rung.get(30, TimeUnit.SECONDS)).satisfies(thread -> {
                assertThat(thread.getName()).isEqualTo("blobpath-task-worker");
                assertThat(thread.isDaemon()).isTrue();
            });
        } finally {
            end.countDown();
            tasks.forEach(ForkJoinTask::join);
        }
    }

    /** An alarm may start a task or tell a listener, and those may block. */
    @Test
    void anAlarmThatBlocksKeepsNoOtherWaiting() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Boolean> rung = new CompletableFuture<>();

        clock.schedule(() -> Latches.await(end), Duration.ZERO);
        clock.schedule(() -> rung.complete(true), Duration.ofMillis(1));

        try {
            assertThat(rung.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            end.countDown();
        }
    }
}
