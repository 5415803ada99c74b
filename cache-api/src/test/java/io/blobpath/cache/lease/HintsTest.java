package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one subscription that all who wait share. */
@Timeout(60)
class HintsTest {
    private static final LeaseName NAME = LeaseName.of("name");

    private final FakeLeaseDriver driver = new FakeLeaseDriver();
    private final ManualTiming timing = new ManualTiming();
    private final Hints hints = new Hints(driver, timing);

    @AfterEach
    void close() throws Exception {
        hints.close();
        timing.untilWorking(0);
        timing.close();
        assertThat(driver.watchers).isEmpty();
    }

    @Test
    void allWhoWaitShareASubscriptionAndLeaveNothingBehind() throws Exception {
        Wakeup one = new Wakeup();
        Wakeup other = new Wakeup();
        hints.add(NAME, one);
        hints.add(LeaseName.of("other"), other);
        timing.untilWorking(0);
        assertThat(hints.size()).isEqualTo(2);
        assertThat(driver.watchers).hasSize(1);

        driver.hint(NAME);
        one.await(Long.MAX_VALUE);
        hints.remove(NAME, one);
        hints.remove(LeaseName.of("other"), other);

        assertThat(hints.size()).isZero();
    }

    @Test
    void whoComesAfterTheCloseIsWokenAtOnce() throws Exception {
        Wakeup wakeup = new Wakeup();
        hints.close();

        hints.add(NAME, wakeup);

        wakeup.await(Long.MAX_VALUE);
        hints.remove(NAME, wakeup);
    }

    @Test
    void aSubscriptionThatOpensAfterTheCloseIsEnded() throws Exception {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        driver.beforeWatch = connected::join;
        Wakeup wakeup = new Wakeup();
        hints.add(NAME, wakeup);

        hints.close();
        wakeup.await(Long.MAX_VALUE);
        connected.complete(null);
        timing.untilWorking(0);

        assertThat(driver.watchers).isEmpty();
    }
}
