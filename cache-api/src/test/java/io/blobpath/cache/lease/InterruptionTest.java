package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose interrupt is whose, on the thread of the test. */
@Timeout(60)
class InterruptionTest {
    private final Timing timing = Timing.system();
    private final Interruption interruption = new Interruption();

    @AfterEach
    void close() {
        timing.close();
        assertThat(Thread.interrupted()).as("an interrupt that is left behind").isFalse();
    }

    @Test
    void aFlightThatWasCancelledBeforeItRanIsInterruptedWhenItDoes() {
        interruption.interrupt();

        try (Interruption.Scope scope = interruption.enter()) {
            assertThat(interruption.isFinal()).isTrue();
            assertThat(interruption.isOurs()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(interruption.pause(timing, Duration.ZERO)).isFalse();
        }
    }

    @Test
    void aNudgeReachesTheAttemptThatWasMeantAndNoOther() {
        try (Interruption.Scope scope = interruption.enter()) {
            Runnable first = interruption.nudge();
            assertThat(interruption.pause(timing, Duration.ZERO)).isTrue();

            first.run();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            interruption.nudge().run();

            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(interruption.isFinal()).isFalse();
        }
    }

    @Test
    void thePauseAfterANudgeIsNotCutShort() {
        try (Interruption.Scope scope = interruption.enter()) {
            interruption.nudge().run();

            assertThat(interruption.pause(timing, Duration.ofMillis(1))).isTrue();

            assertThat(interruption.isOurs()).isFalse();
        }
    }

    @Test
    void anInterruptOfSomebodyElseEndsThePauseAndStays() {
        try (Interruption.Scope scope = interruption.enter()) {
            Thread.currentThread().interrupt();

            assertThat(interruption.pause(timing, Duration.ofHours(1))).isFalse();

            assertThat(interruption.isOurs()).isFalse();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoLeavesIsNotInterruptedAnyMore() {
        interruption.enter().close();

        interruption.interrupt();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
