package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.store.StorePhase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressListenerTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND); // It may wrap.

    @Test
    void aLogGetsALineEveryFiveSecondsAndNoneForAShortRun() {
        ProgressListener progress = listener(false);

        progress.started(StorePhase.DEDUPE, OptionalLong.of(2000));
        progress.advanced(StorePhase.DEDUPE, 500, 0);
        clock.addAndGet(5 * SECOND);
        progress.advanced(StorePhase.DEDUPE, 500, 3 << 20);
        progress.advanced(StorePhase.DEDUPE, 500, 0);
        progress.finished(StorePhase.DEDUPE);

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("blobpath: comparing copies 50 % 1,000 done, 3.0 MiB" + System.lineSeparator());
    }

    @Test
    void aScreenGetsABarThatIsGoneAtTheEnd() {
        ProgressListener progress = listener(true);

        progress.started(StorePhase.INDEX, OptionalLong.of(4));
        clock.addAndGet(SECOND);
        progress.advanced(StorePhase.INDEX, 1, 0);
        progress.finished(StorePhase.INDEX);

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[Kindexing blobs [######..................] 25 % 1 done\r\u001b[K");
    }

    @Test
    void anUnknownTotalHasNoPercentage() {
        ProgressListener progress = listener(true);

        progress.started(StorePhase.INDEX, OptionalLong.empty());
        clock.addAndGet(SECOND);
        progress.advanced(StorePhase.INDEX, 1, 0);

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[Kindexing blobs 1 done");
    }

    private ProgressListener listener(boolean animated) {
        return new ProgressListener(new Terminal(stream, stream, false, false, animated), clock::get);
    }
}
