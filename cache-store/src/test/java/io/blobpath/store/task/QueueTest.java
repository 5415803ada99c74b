package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A queue over real threads, with a clock that moves by hand; a test fails if it leaves a task or a resource. */
abstract class QueueTest {
    static final Resource A = Resource.of("repo/a");
    static final Resource B = Resource.of("repo/b");
    static final Duration LONG = Duration.ofSeconds(30);

    final ManualClock clock = new ManualClock();
    final ExecutorService pool = Executors.newCachedThreadPool();
    final TaskQueue queue = new TaskQueue(pool, 1000, clock);

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        queue.close();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(queue.scheduler().footprint()).isZero();
        assertThat(clock.alarms()).isZero();
    }

    /** A task that has its resources until it is told to end. */
    final class Holder {
        final Task<String> task;
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        Holder(String name, ResourceSet resources) {
            task = queue.submit(name, resources, context -> {
                began.countDown();
                end.await();
                return name;
            });
        }

        Holder began() throws InterruptedException {
            assertThat(began.await(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("%s began", task)
                    .isTrue();
            return this;
        }

        boolean isQueued() {
            return task.snapshot().state() == TaskState.QUEUED;
        }

        void end() throws Exception {
            end.countDown();
            task.await(LONG);
        }
    }

    Holder holder(String name, ResourceSet resources) {
        return new Holder(name, resources);
    }
}
