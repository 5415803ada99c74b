package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real clock and its threads. */
@Timeout(60)
class SystemTimingTest {
    private static final Duration BRIEF = Duration.ofMillis(2);

    private final Timing timing = Timing.system();

    @AfterEach
    void close() {
        timing.close();
    }

    @Test
    void tasksRunInTheirTimeOnDaemonThreadsWithNames() throws Exception {
        CompletableFuture<Thread> later = new CompletableFuture<>();
        CompletableFuture<Thread> apart = new CompletableFuture<>();
        long start = timing.nanoTime();

        timing.schedule(() -> later.complete(Thread.currentThread()), BRIEF);
        timing.execute(() -> apart.complete(Thread.currentThread()));

        assertThat(later.get(30, TimeUnit.SECONDS)).satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo("blobpath-lease-timer");
            assertThat(thread.isDaemon()).isTrue();
        });
        assertThat(timing.nanoTime() - start).isGreaterThanOrEqualTo(BRIEF.toNanos());
        assertThat(apart.get(30, TimeUnit.SECONDS)).satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo("blobpath-lease-worker");
            assertThat(thread.isDaemon()).isTrue();
        });
    }

    @Test
    void aTaskThatIsTakenBackDoesNotRun() throws Exception {
        CountDownLatch takenBack = new CountDownLatch(1);
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        CompletableFuture<Boolean> after = new CompletableFuture<>();
        // There is one timer thread, so that nothing else can begin before this one ends.
        timing.schedule(() -> awaitQuietly(takenBack), Duration.ZERO);

        timing.schedule(() -> ran.complete(true), BRIEF).cancel();
        takenBack.countDown();
        timing.schedule(() -> after.complete(true), BRIEF.multipliedBy(2));

        assertThat(after.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isNotDone();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWaitEndsWithItsTime() throws Exception {
        long start = timing.nanoTime();

        timing.await(new Wakeup(), BRIEF);

        assertThat(timing.nanoTime() - start).isGreaterThanOrEqualTo(BRIEF.toNanos());
    }

    @Test
    void nothingBeginsAfterTheClose() {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        timing.close();

        timing.execute(() -> ran.complete(true));
        timing.schedule(() -> ran.complete(true), Duration.ZERO).cancel();

        assertThat(ran).isNotDone();
    }

    @Test
    void leasesOverADriverUseIt() throws Exception {
        FakeLeaseDriver driver = new FakeLeaseDriver();

        try (Leases.CloseableLeases leases = Leases.over(driver)) {
            Lease lease = leases.acquire(LeaseName.of("name"), LeaseOptions.DEFAULT);
            assertThat(lease.remaining()).isBetween(Duration.ZERO, LeaseOptions.DEFAULT.lease());
            lease.close();
        }

        assertThat(driver.rows).isEmpty();
    }
}
