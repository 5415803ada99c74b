package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Readers that leave, or wait no longer. */
final class LeavingTest extends StreamTest {
    @Test
    void aReaderThatLeavesDisturbsNobody() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("1");
        StreamReader creator = open(cache, script);
        StreamReader other = open(cache, never());
        assertThat(read(creator, 1)).isEqualTo("1");

        creator.close();
        creator.close();
        script.write("23").end();

        assertThat(readAll(other)).isEqualTo("123");
        assertThat(creator.isOpen()).isFalse();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> read(creator, 1));
    }

    @Test
    void aReaderCanBeInterruptedWhileItWaitsAndOthersGoOn() throws Exception {
        StreamCache cache = cache();
        Script script = new Script();
        StreamReader creator = open(cache, script);
        StreamReader waiting = open(cache, never());
        Future<Boolean> interrupted = start(() -> {
            assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(() -> read(waiting, 1));
            return Thread.interrupted();
        });
        awaitParked(lastThread());

        lastThread().interrupt();

        assertThat(interrupted.get()).isTrue();
        script.write("all").end();
        assertThat(readAll(creator)).isEqualTo("all");
    }

    @Test
    void anInterruptedReaderOfAHitTakesNoOtherWithIt() throws Exception {
        StreamCache cache = cache();
        readWhole(cache, text("all"));
        StreamReader other = open(cache, never());
        StreamReader mine = open(cache, never());

        Future<Boolean> interrupted = start(() -> {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(() -> read(mine, 1));
            return Thread.interrupted();
        });

        assertThat(interrupted.get()).isTrue();
        assertThat(readAll(other)).isEqualTo("all");
    }

    @Test
    void aReaderCanBeClosedWhileItWaits() throws Exception {
        StreamCache cache = cache();
        Script script = new Script();
        open(cache, script);
        StreamReader waiting = open(cache, never());
        Future<String> reading = start(() -> read(waiting, 1));
        awaitParked(lastThread());

        waiting.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(reading::get)
                .withCauseInstanceOf(AsynchronousCloseException.class);
        script.end();
    }

    @Test
    void aReadWaitsNoLongerThanItsTimeoutAndMayGoOn() throws Exception {
        StreamCache cache = cache();
        Script script = new Script();
        StreamReader reader = closing(cache.open(KEY, script, OPTIONS.withReadTimeout(Duration.ofMillis(100))));
        Future<String> reading = start(() -> read(reader, 10));
        awaitParked(lastThread());

        timing.advance(Duration.ofMillis(99));
        awaitParked(lastThread());
        timing.advance(Duration.ofMillis(1));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(reading::get)
                .withCauseInstanceOf(StreamTimeoutException.class);
        script.write("late").end();
        StreamReader patient = open(cache, never());
        assertThat(readAll(patient)).isEqualTo("late");
        assertThat(readAll(reader)).isEqualTo("late");
    }
}
