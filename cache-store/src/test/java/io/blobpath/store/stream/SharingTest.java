package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One producer, many readers. */
final class SharingTest extends StreamTest {
    @Test
    void theFirstCallerCreatesTheNextJoinsAndTheLastHits() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("one ");

        StreamReader first = open(cache, script);
        assertThat(read(first, 100)).isEqualTo("one ");
        StreamReader second = open(cache, never());
        assertThat(read(second, 100)).isEqualTo("one ");
        script.write("two").end();

        assertThat(readAll(first)).isEqualTo("two");
        assertThat(readAll(second)).isEqualTo("two");
        assertThat(readWhole(cache, never())).isEqualTo("one two");
        assertThat(List.of(first.outcome(), second.outcome())).containsExactly(Outcome.CREATED, Outcome.JOINED);
        assertThat(cache.stats().opened(Outcome.CREATED)).isEqualTo(1);
        assertThat(cache.stats().opened(Outcome.JOINED)).isEqualTo(1);
        assertThat(cache.stats().opened(Outcome.HIT)).isEqualTo(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void theProducerRunsOnAThreadOfItsOwn() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();

        readWhole(cache(), sink -> thread.set(Thread.currentThread()));

        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void anEmptyStreamIsAnEntryToo() throws Exception {
        StreamCache cache = cache();

        assertThat(readWhole(cache, sink -> {})).isEmpty();

        assertThat(readWhole(cache, never())).isEmpty();
        assertThat(cache.stats().opened(Outcome.HIT)).isEqualTo(1);
    }

    @Test
    void aThousandCallersGetTheSameBytesFromOneProducer() throws Exception {
        StreamCache cache = cache();
        String content = "0123456789".repeat(2_000);
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<FutureTask<String>> callers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            callers.add(start(() -> {
                go.await();
                return readWhole(cache, sink -> {
                    runs.incrementAndGet();
                    for (int at = 0; at < content.length(); at += 1_000) {
                        sink.write(bytes(content.substring(at, at + 1_000)));
                    }
                });
            }));
        }

        go.countDown();

        for (FutureTask<String> caller : callers) {
            assertThat(caller.get()).isEqualTo(content);
        }
        assertThat(runs).hasValue(1);
        assertThat(entries()).hasSize(1);
        StreamStats stats = cache.stats();
        assertThat(stats.bytesIn()).isEqualTo(content.length());
        assertThat(stats.bytesOut()).isEqualTo(1_000L * content.length());
        assertThat(stats.readers()).isZero();
        assertThat(stats.firstBytes()).isEqualTo(1_000);
    }

    @Test
    void aFetchSendsEverythingAndTellsHowMuch() throws Exception {
        StreamCache cache = cache();
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();

        FetchResult created = cache.fetch(KEY, Channels.newChannel(first), text("content"), OPTIONS);
        FetchResult hit = cache.fetch(KEY, Channels.newChannel(second), never(), OPTIONS);

        assertThat(created).isEqualTo(new FetchResult(7, Outcome.CREATED));
        assertThat(hit).isEqualTo(new FetchResult(7, Outcome.HIT));
        assertThat(first).hasToString("content");
        assertThat(second).hasToString("content");
    }

    @Test
    void theSinkEndsWithTheProducer() throws Exception {
        LinkedBlockingQueue<WritableByteChannel> kept = new LinkedBlockingQueue<>();

        readWhole(cache(), sink -> {
            kept.add(sink);
            sink.write(bytes("a"));
            sink.close();
            sink.close();
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> sink.write(bytes("b")));
        });

        assertThat(kept.element().isOpen()).isFalse();
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> kept.element().write(ByteBuffer.allocate(1)));
    }

    @Test
    void closingTheCacheEndsWhatIsBeingMadeAndKeepsWhatIsComplete() throws Exception {
        StreamCache cache = cache();
        readWhole(cache, text("kept"));
        StreamReader complete = open(cache, never());
        Script script = new Script().write("part");
        StreamReader growing = closing(cache.open(StreamKey.of("other"), script, OPTIONS));
        read(growing, 100);

        cache.close();
        cache.close();

        script.awaitEnd();
        assertThatExceptionOfType(StreamAbandonedException.class).isThrownBy(() -> read(growing, 100));
        assertThat(readAll(complete)).isEqualTo("kept");
        assertThat(entries()).hasSize(1);
        assertThatIllegalStateException().isThrownBy(() -> cache.open(KEY, never(), OPTIONS));
    }
}
