package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A cache that is switched off. */
final class NullStreamCacheTest extends StreamTest {
    private final StreamCache none = closing(new NullStreamCache(timing));

    @Test
    void aFetchRunsTheProducerIntoTheSinkOnTheCallersThread() throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        AtomicReference<Thread> thread = new AtomicReference<>();

        FetchResult result = none.fetch(
                KEY,
                Channels.newChannel(sink),
                into -> {
                    thread.set(Thread.currentThread());
                    into.write(bytes("content"));
                },
                OPTIONS);

        assertThat(result).isEqualTo(new FetchResult(7, Outcome.BYPASSED));
        assertThat(sink).hasToString("content");
        assertThat(thread.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void aThousandCallersByteByByteEachHaveTheirOwn() throws Exception {
        List<FutureTask<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            callers.add(start(() -> {
                CountingSink sink = new CountingSink();
                none.fetch(
                        KEY,
                        sink,
                        into -> {
                            for (int at = 0; at < 100; at++) {
                                into.write(ByteBuffer.allocate(1));
                            }
                        },
                        OPTIONS);
                return sink.bytes();
            }));
        }

        for (FutureTask<Long> caller : callers) {
            assertThat(caller.get()).isEqualTo(100);
        }
        assertThat(none.stats().opened(Outcome.BYPASSED)).isEqualTo(1_000);
    }

    @Test
    void aReaderGetsAStreamLargerThanMemoryKeepsOfIt() throws Exception {
        StreamReader reader = open(none, sink -> {
            for (int i = 0; i < 100; i++) {
                sink.write(ByteBuffer.allocate(30_001));
            }
        });

        assertThat(readAll(reader)).hasSize(3_000_100);
        assertThat(reader.outcome()).isEqualTo(Outcome.BYPASSED);
    }

    @Test
    void aReaderThatLeavesEndsItsProducer() throws Exception {
        Script script = new Script().write("part");
        StreamReader reader = open(none, script);
        read(reader, 1);

        reader.close();

        script.awaitEnd();
    }

    @Test
    void aFailureOfTheProducerIsToldAndOneOfTheSinkIsTheSinks() throws Exception {
        IOException cause = new IOException("boom");
        IOException broken = new IOException("broken pipe");
        StreamReader reader = open(none, failing("part", cause));

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(reader))
                .withCause(cause);
        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> none.fetch(KEY, new CountingSink(), failing("part", cause), OPTIONS))
                .withCause(cause);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> none.fetch(KEY, new BrokenSink(broken), text("content"), OPTIONS))
                .isSameAs(broken);
    }

    @Test
    void afterCloseItRefuses() {
        none.close();

        assertThatIllegalStateException().isThrownBy(() -> none.open(KEY, never(), OPTIONS));
        assertThatIllegalStateException().isThrownBy(() -> none.fetch(KEY, new CountingSink(), never(), OPTIONS));
    }
}
