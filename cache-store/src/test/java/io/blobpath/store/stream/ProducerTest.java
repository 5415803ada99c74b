package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a producer may say beside its bytes. */
final class ProducerTest extends StreamTest {
    @Test
    void anEntryIsVisibleWhenItsCommitReturnsAndNothingThatFollowsChangesIt() throws Exception {
        StreamCache cache = cache();
        List<Boolean> stored = new ArrayList<>();

        String read = readWhole(cache, sink -> {
            sink.write(bytes("content"));
            stored.add(cache.isStored(KEY));
            sink.commit();
            sink.commit();
            stored.add(cache.isStored(KEY));
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> sink.write(bytes("more")));
            throw new IOException("too late");
        });
        timing.join();

        assertThat(read).isEqualTo("content");
        assertThat(stored).containsExactly(false, true);
        assertThat(readWhole(cache, never())).isEqualTo("content");
        assertThat(cache.stats().failures()).isZero();
    }

    @Test
    void aCommitOfOtherBytesIsRefusedEvenIfTheProducerDoesNotCare() throws Exception {
        StreamCache cache = cache();
        StreamKey empty = StreamKey.of(Tree.digest(""));
        StreamProducer careless = sink -> {
            sink.write(bytes("content"));
            assertThatExceptionOfType(IOException.class).isThrownBy(sink::commit);
            assertThatExceptionOfType(IOException.class).isThrownBy(sink::commit);
        };

        for (StreamCache each : List.of(cache, closing(new NullStreamCache(timing)))) {
            assertThatExceptionOfType(StreamFailedException.class)
                    .isThrownBy(() -> each.fetch(empty, new CountingSink(), careless, OPTIONS))
                    .withMessageContaining(Tree.digest("content").toString());
        }
        assertThat(entries()).isEmpty();
    }

    @Test
    void aSinkTellsWhetherItsBytesAreKept() throws Exception {
        StreamCache small = cache(StreamCacheOptions.defaults().withMaxBytes(100_000));
        List<Boolean> kept = new ArrayList<>();

        readWhole(small, sink -> {
            kept.add(sink.isKept());
            sink.write(ByteBuffer.allocate(200_000));
            kept.add(sink.isKept());
            sink.commit();
        });
        readWhole(closing(new NullStreamCache(timing)), sink -> {
            kept.add(sink.isKept());
            sink.commit();
        });

        assertThat(kept).containsExactly(true, false, false);
        assertThat(small.isStored(KEY)).isFalse();
    }

    @Test
    void readersOfAProducerThatCameTooLateStartOverWithWhatIsThere() throws Exception {
        StreamCache first = cache();
        StreamCache second = cache();
        CountDownLatch stored = new CountDownLatch(1);
        StreamReader creator = open(second, sink -> {
            stored.await();
            throw new StreamStoredElsewhereException();
        });
        StreamReader joiner = open(second, never());

        readWhole(first, text("content"));
        stored.countDown();

        assertThat(readAll(creator)).isEqualTo("content");
        assertThat(readAll(joiner)).isEqualTo("content");
        assertThat(creator.outcome()).isEqualTo(Outcome.HIT);
        assertThat(second.stats().failures()).isZero();
        assertThat(second.stats().retries()).isZero();
    }

    @Test
    void aProducerThatHasWrittenCannotSayThatItCameTooLate() throws Exception {
        StreamCache cache = cache();

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readWhole(cache, failing("part", new StreamStoredElsewhereException())));
    }

    @Test
    void whatIsNotThereIsFoundByNobodyAndNotMade() throws Exception {
        StreamCache cache = cache();

        assertThat(cache.find(KEY, OPTIONS)).isEmpty();
        assertThat(cache.isStored(KEY)).isFalse();
        assertThat(cache.invalidate(KEY)).isFalse();
        Script script = new Script().write("one ");
        StreamReader creator = open(cache, script);
        StreamReader joiner = closing(cache.find(KEY, OPTIONS).orElseThrow());
        assertThat(cache.isStored(KEY)).isFalse();
        script.write("two").end();

        assertThat(readAll(creator)).isEqualTo("one two");
        assertThat(readAll(joiner)).isEqualTo("one two");
        assertThat(joiner.outcome()).isEqualTo(Outcome.JOINED);
        assertThat(cache.isStored(KEY)).isTrue();
        assertThat(readAll(closing(cache().find(KEY, OPTIONS).orElseThrow()))).isEqualTo("one two");
        assertThat(closing(new NullStreamCache(timing)).find(KEY, OPTIONS)).isEmpty();
    }

    @Test
    void aFoundStreamThatFailsIsNotMadeAnew() throws Exception {
        StreamCache cache = cache();
        Script script = new Script();
        open(cache, script);
        StreamOptions retrying = OPTIONS.withFailures(FailurePolicy.RETRY_ONCE);
        StreamReader joiner = closing(cache.find(KEY, retrying).orElseThrow());

        script.fail(new IOException("boom"));

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readAll(joiner))
                .withMessageContaining("boom");
    }
}
