package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes when there is too much, and what never does. */
final class EvictionTest extends StreamTest {
    private static final Duration AGE = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(1);

    @Test
    void anEntryGoesWhenNobodyUsedItForItsAge() throws Exception {
        StreamCache cache = cache();
        make(cache, "old", 10);

        timing.advance(AGE.minusSeconds(30));
        assertThat(entries()).hasSize(1);
        make(cache, "young", 10);
        timing.advance(Duration.ofMinutes(2));

        assertThat(present(cache)).containsExactly("young");
        assertThat(cache.stats().evictions(EvictionCause.AGE)).isEqualTo(1);
        assertThat(cache.stats().evictedBytes()).isPositive();
    }

    @Test
    void useKeepsAnEntry() throws Exception {
        StreamCache cache = cache();
        make(cache, "old", 10);

        for (int i = 0; i < 10; i++) {
            timing.advance(AGE.dividedBy(2));
            make(cache, "old", -1);
        }

        assertThat(cache.stats().opened(Outcome.HIT)).isEqualTo(10);
    }

    @Test
    void useByAnotherProcessKeepsAnEntry() throws Exception {
        StreamCache cache = cache();
        make(cache, "old", 10);
        timing.advance(AGE.minusMinutes(1));

        Files.setLastModifiedTime(entries().get(0), FileTime.fromMillis(timing.wallMillis()));
        timing.advance(Duration.ofMinutes(3));

        assertThat(present(cache)).containsExactly("old");
    }

    @Test
    void theStrictestOfTwoAgesWins() throws Exception {
        StreamCache lenient = cache(StreamCacheOptions.defaults().withMaxAge(Duration.ofDays(1)));
        cache(StreamCacheOptions.defaults().withMaxAge(Duration.ofMinutes(1)));
        make(lenient, "key", 10);

        timing.advance(Duration.ofMinutes(3));

        assertThat(entries()).isEmpty();
        assertThat(lenient.stats().entries()).isZero();
    }

    @Test
    void anEntryThatIsBeingMadeOrReadNeverGoes() throws Exception {
        StreamCache cache = cache();
        Script slow = new Script().write("slow ");
        StreamReader maker = closing(cache.open(StreamKey.of("slow"), slow, OPTIONS));
        make(cache, "read", 10);
        StreamReader reader = closing(cache.open(StreamKey.of("read"), never(), OPTIONS));
        read(maker, 100);
        read(reader, 1);

        // Each minute it takes a byte, or it would be sent away.
        for (int minute = 0; minute < 8; minute++) {
            timing.advance(Duration.ofMinutes(1));
            read(reader, 1);
        }
        StreamReader joiner = closing(cache.open(StreamKey.of("slow"), never(), OPTIONS));
        slow.write("stream").end();

        assertThat(readAll(joiner)).isEqualTo("slow stream");
        assertThat(present(cache)).containsExactly("read", "slow");
    }

    @Test
    void theLeastRecentlyUsedMakesRoom() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withMaxBytes(4_000));
        for (String name : List.of("a", "b", "c")) {
            make(cache, name, 1_000);
            timing.advance(MOMENT);
        }
        make(cache, "a", -1);

        make(cache, "d", 1_000);

        assertThat(present(cache)).containsExactly("a", "c", "d");
        assertThat(cache.stats().evictions(EvictionCause.BYTES)).isEqualTo(1);
        assertThat(cache.stats().bytes()).isLessThanOrEqualTo(4_000);
    }

    @Test
    void theNumberOfEntriesIsBounded() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withMaxEntries(3));

        for (int i = 0; i < 10; i++) {
            make(cache, "key " + i, 10);
        }
        timing.join();

        assertThat(present(cache)).containsExactly("key 7", "key 8", "key 9");
        assertThat(cache.stats().evictions(EvictionCause.ENTRIES)).isEqualTo(7);
    }

    @Test
    void aStreamLargerThanTheQuotaGoesThroughAndLeavesTheDiskBelowIt() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withMaxBytes(1_000_000));
        make(cache, "idle", 1_000);

        StreamReader first = closing(cache.open(KEY, large(), OPTIONS));
        readSome(first, 900_000);
        assertThat(cache.stats().bytes()).isLessThanOrEqualTo(1_000_000);
        readSome(first, Long.MAX_VALUE);
        assertThat(first.position()).isEqualTo(5_000_000);
        first.close();
        timing.join();

        assertThat(entries()).isEmpty();
        assertThat(cache.stats().bytes()).isZero();
        assertThat(cache.stats().failures()).isZero();
    }

    @Test
    void readersOfAStreamThatOutgrowsTheQuotaAllGetAllOfIt() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withMaxBytes(1_000_000));
        StreamOptions narrow = OPTIONS.withBackpressure(Backpressure.fastestReader(100_000));
        StreamReader fast = closing(cache.open(KEY, large(), narrow));
        StreamReader slow = closing(cache.open(KEY, never(), OPTIONS));

        FutureTask<Long> others = start(() -> readSome(fast, Long.MAX_VALUE));

        assertThat(readSome(slow, Long.MAX_VALUE)).isEqualTo(5_000_000);
        assertThat(others.get()).isEqualTo(5_000_000);
    }

    @Test
    void anEntryMayHaveALifeOfItsOwn() throws Exception {
        StreamCache cache = cache();
        StreamOptions brief = OPTIONS.withTimeToLive(Duration.ofSeconds(10));
        closing(cache.open(KEY, text("first"), brief)).close();
        StreamReader reader = closing(cache.open(KEY, text("first"), brief));
        assertThat(readAll(reader)).isEqualTo("first");
        reader.close();

        timing.advance(Duration.ofSeconds(9));
        assertThat(readWhole(cache, never())).isEqualTo("first");
        timing.advance(Duration.ofSeconds(1));

        assertThat(readWhole(cache, text("second"))).isEqualTo("second");
        StreamCache later = cache();
        assertThat(readWhole(later, never())).isEqualTo("second");
    }

    @Test
    void aLifeEndsInAnotherProcessToo() throws Exception {
        StreamCache cache = cache();
        StreamReader reader = closing(cache.open(KEY, text("first"), OPTIONS.withTimeToLive(Duration.ofSeconds(10))));
        readAll(reader);
        cache.close();
        timing.advance(Duration.ofSeconds(10));

        assertThat(readWhole(cache(), text("second"))).isEqualTo("second");
    }

    @Test
    void aFileFromTheFutureAgesFromNow() throws Exception {
        make(cache(), "key", 10);
        Files.setLastModifiedTime(entries().get(0), FileTime.fromMillis(timing.wallMillis() + 1_000_000_000));

        cache();
        timing.advance(AGE.plusMinutes(2));

        assertThat(entries()).isEmpty();
    }

    private static StreamProducer large() {
        return sink -> sink.write(ByteBuffer.allocate(5_000_000));
    }

    private void make(StreamCache cache, String name, int size) throws Exception {
        StreamProducer producer = size < 0 ? never() : sink -> sink.write(ByteBuffer.allocate(size));
        cache.fetch(StreamKey.of(name), new CountingSink(), producer, OPTIONS);
    }

    private static long readSome(StreamReader reader, long most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(50_000);
        long before = reader.position();
        while (reader.position() - before < most && reader.read(buffer.clear()) >= 0) {}
        return reader.position() - before;
    }

    /** The names whose entries are on disk. */
    private List<String> present(StreamCache cache) throws IOException {
        List<String> files =
                entries().stream().map(Path::getFileName).map(String::valueOf).toList();
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "old", "young", "read", "slow"));
        IntStream.range(0, 10).forEach(i -> names.add("key " + i));
        assertThat(cache.stats().entries()).isEqualTo(files.size());
        return names.stream()
                .filter(name -> files.contains(StreamKey.of(name).name()))
                .toList();
    }
}
