package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OperationGateTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final OperationGate gate = new OperationGate();

    @Test
    void enteringAfterCloseIsRefused() {
        gate.close(LONG);

        assertThatThrownBy(gate::enter)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void onlyTheFirstCloserCloses() {
        assertThat(gate.close(LONG)).isTrue();
        assertThat(gate.close(LONG)).isFalse();
    }

    @Test
    void closeWaitsForThoseInside() throws Exception {
        int stripe = gate.enter();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread closer = new Thread(() -> closed.complete(gate.close(LONG)), "closer");
        closer.start();
        awaitWaiting(closer);

        assertThat(closed).isNotDone();
        assertThatThrownBy(gate::enter).isInstanceOf(IllegalStateException.class);
        gate.exit(stripe);

        assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closeDoesNotWaitForever() {
        int stripe = gate.enter();

        assertThat(gate.close(Duration.ofMillis(20))).isTrue();

        gate.exit(stripe);
    }

    @Test
    void anInterruptedCloserStillWaitsAndKeepsItsFlag() throws Exception {
        int stripe = gate.enter();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread closer = new Thread(
                () -> {
                    gate.close(LONG);
                    flag.complete(Thread.currentThread().isInterrupted());
                },
                "closer");
        closer.start();
        closer.interrupt();
        awaitWaiting(closer);

        assertThat(flag).isNotDone();
        gate.exit(stripe);

        assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
