package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Producers that fail, and who learns of it. */
final class FailureTest extends StreamTest {
    @Test
    void aFailureComesAfterTheBytesAndToEveryReader() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("part");
        IOException cause = new IOException("boom");
        StreamReader first = open(cache, script);
        StreamReader second = open(cache, never());
        StreamReader third = open(cache, never());

        script.fail(cause);

        for (StreamReader reader : List.of(first, second, third)) {
            assertThat(read(reader, 100)).isEqualTo("part");
            for (int again = 0; again < 2; again++) {
                assertThatExceptionOfType(StreamFailedException.class)
                        .isThrownBy(() -> read(reader, 100))
                        .withCause(cause)
                        .withMessageContaining("name:key");
            }
        }
        assertThat(cache.stats().failures()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheProducerIsTheCauseWithItsStack() throws Exception {
        Error cause = new StackOverflowError("deep");

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readWhole(cache(), failing("", cause)))
                .withCause(cause);
        assertThat(cause.getStackTrace()).isNotEmpty();
    }

    @Test
    void aFailedEntryAndItsFileAreGoneBeforeAReaderKnows() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("part");
        StreamReader reader = open(cache, script);
        read(reader, 100);
        script.fail(new IOException("boom"));

        assertThatExceptionOfType(StreamFailedException.class).isThrownBy(() -> read(reader, 100));

        assertThat(names("tmp")).isEmpty();
        assertThat(entries()).isEmpty();
        assertThat(readWhole(cache, text("anew"))).isEqualTo("anew");
    }

    @Test
    void aJoinerWithoutAByteTriesOnceMoreWithItsOwnProducer() throws Exception {
        StreamCache cache = cache();
        Script failing = new Script();
        StreamReader creator = open(cache, failing);
        StreamOptions retrying = OPTIONS.withFailures(FailurePolicy.RETRY_ONCE);
        AtomicInteger runs = new AtomicInteger();
        StreamProducer mine = sink -> {
            runs.incrementAndGet();
            sink.write(bytes("mine"));
        };
        StreamReader second = closing(cache.open(KEY, mine, retrying));
        StreamReader third = closing(cache.open(KEY, mine, retrying));

        failing.fail(new IOException("boom"));

        assertThatExceptionOfType(StreamFailedException.class).isThrownBy(() -> readAll(creator));
        assertThat(readAll(second)).isEqualTo("mine");
        assertThat(readAll(third)).isEqualTo("mine");
        assertThat(runs).hasValue(1);
        assertThat(cache.stats().retries()).isEqualTo(2);
    }

    @Test
    void aJoinerWithBytesOrAfterOneRetryGetsTheFailure() throws Exception {
        StreamCache cache = cache();
        Script failing = new Script().write("part");
        open(cache, failing);
        StreamOptions retrying = OPTIONS.withFailures(FailurePolicy.RETRY_ONCE);
        StreamReader begun = closing(cache.open(KEY, never(), retrying));
        StreamReader fresh = closing(cache.open(KEY, failing("", new IOException("again")), retrying));
        assertThat(read(begun, 100)).isEqualTo("part");

        failing.fail(new IOException("boom"));

        assertThatExceptionOfType(StreamFailedException.class).isThrownBy(() -> read(begun, 100));
        assertThat(read(fresh, 100)).isEqualTo("part");
        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> read(fresh, 100))
                .withMessageContaining("boom");
    }
}
