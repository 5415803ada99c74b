package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options that cannot be meant are refused, with their name and value. */
final class OptionsTest {
    private final StreamCacheOptions options = StreamCacheOptions.defaults();

    @Test
    void limitsArePositive() {
        refused("maxAge was PT0S", () -> options.withMaxAge(Duration.ZERO));
        refused("maxBytes was 0", () -> options.withMaxBytes(0));
        refused("maxEntries was -1", () -> options.withMaxEntries(-1));
        refused("bypassFirst was -1", () -> options.withBypassFirst(-1));
        refused("readerWindow was PT-1S", () -> options.withReaderPace(Duration.ofSeconds(-1), 1));
        refused("readerMinimum was 0", () -> options.withReaderPace(Duration.ofSeconds(1), 0));
    }

    @Test
    void timesOfACallerArePositive() {
        StreamOptions caller = StreamOptions.defaults();

        refused("readTimeout was PT0S", () -> caller.withReadTimeout(Duration.ZERO));
        refused("timeToLive was PT0S", () -> caller.withTimeToLive(Duration.ZERO));
    }

    @Test
    void aSweepComesOftenEnoughForBothTimes() {
        assertThat(options.sweepPeriod()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.withMaxAge(Duration.ofSeconds(3)).sweepPeriod()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.withReaderPace(Duration.ofSeconds(2), 1).sweepPeriod())
                .isEqualTo(Duration.ofSeconds(2));
    }

    private static void refused(String message, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
    }
}
