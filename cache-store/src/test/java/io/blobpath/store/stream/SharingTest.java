package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

    @Test
    void aDyingProducerDoesNotTakeANewerEntryWithIt() throws Exception {
        StreamCache cache = cache();
        Script old = new Script().write("old");
        StreamReader first = open(cache, old);
        read(first, 100);
        assertThat(cache.invalidate(KEY)).isTrue();
        Script young = new Script().write("young");
        StreamReader second = open(cache, young);

        old.fail(new IOException("boom"));
        assertThatExceptionOfType(StreamFailedException.class).isThrownBy(() -> read(first, 100));

        StreamReader third = open(cache, never());
        young.end();
        assertThat(readAll(second)).isEqualTo("young");
        assertThat(readAll(third)).isEqualTo("young");
        assertThat(readWhole(cache, never())).isEqualTo("young");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void anInvalidatedStreamGoesOnForItsReadersAndIsNotKept() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("one ");
        StreamReader reader = open(cache, script);

        assertThat(cache.invalidate(KEY)).isTrue();
        assertThat(cache.invalidate(KEY)).isFalse();
        script.write("two").end();

        assertThat(readAll(reader)).isEqualTo("one two");
        reader.close();
        timing.join();
        assertThat(entries()).isEmpty();
        assertThat(readWhole(cache, text("new"))).isEqualTo("new");
        assertThat(cache.invalidate(KEY)).isTrue();
        assertThat(entries()).isEmpty();
        assertThat(cache.stats().bytes()).isZero();
    }

    @Test
    void anEntryWhoseFileIsGoneIsMadeAnewAndItsReaderKeepsItsBytes() throws Exception {
        StreamCache cache = cache();
        readWhole(cache, text("first"));
        StreamReader reader = open(cache, never());
        Files.delete(entries().get(0));

        assertThat(readWhole(cache, text("second"))).isEqualTo("second");

        assertThat(readAll(reader)).isEqualTo("first");
        assertThat(readWhole(cache, never())).isEqualTo("second");
    }

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
