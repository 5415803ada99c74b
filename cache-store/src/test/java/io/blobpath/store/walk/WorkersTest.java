package io.blobpath.store.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.store.StoreInterruptedException;
import io.blobpath.store.fixture.Latches;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyJobIsDone(int threads) {
        AtomicInteger done = new AtomicInteger();

        try (Workers workers = new Workers("test", threads)) {
            for (int i = 0; i < 1000; i++) {
                workers.run(done::incrementAndGet);
            }
            workers.finish();
        }

        assertThat(done).hasValue(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void firstFailureEndsTheRun(int threads) {
        IllegalStateException failure = new IllegalStateException("job failed");

        try (Workers workers = new Workers("test", threads)) {
            assertThatThrownBy(() -> {
                        workers.run(() -> {
                            throw failure;
                        });
                        workers.finish();
                    })
                    .isSameAs(failure);
        }
    }

    @Test
    void interruptEndsTheWait() {
        CountDownLatch never = new CountDownLatch(1);

        try (Workers workers = new Workers("test", 2)) {
            workers.run(() -> Latches.await(never));
            Thread.currentThread().interrupt();

            assertThatThrownBy(workers::finish).isInstanceOf(StoreInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
