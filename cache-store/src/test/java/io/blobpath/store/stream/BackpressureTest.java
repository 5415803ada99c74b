package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** How producer and readers hold each other up, or do not. */
final class BackpressureTest extends StreamTest {
    private static final int LARGE = 3 << 20;

    @Test
    void theProducerIsOneWindowAheadOfTheFastestReader() throws Exception {
        StreamCache cache = cache();
        Bytewise producer = new Bytewise(11);
        StreamReader reader = closing(cache.open(KEY, producer, with(Backpressure.fastestReader(1))));

        for (int read = 0; read < 10; read++) {
            producer.awaitBlockedAt(read + 1);
            assertThat(producer.written()).isEqualTo(read + 1);
            assertThat(read(reader, 1)).isEqualTo("x");
        }

        assertThat(readAll(reader)).isEqualTo("x");
    }

    @Test
    void aStuckReaderDoesNotHoldUpTheFastest() throws Exception {
        StreamCache cache = cache();
        StreamReader fast = closing(cache.open(KEY, large(), with(Backpressure.fastestReader(1 << 16))));
        StreamReader stuck = open(cache, never());
        read(stuck, 1);

        assertThat(drain(fast)).isEqualTo(LARGE);

        assertThat(stuck.position()).isEqualTo(1);
        assertThat(drain(stuck)).isEqualTo(LARGE - 1);
    }

    @Test
    void theSlowestReaderHoldsUpTheProducerUntilItLeaves() throws Exception {
        StreamCache cache = cache();
        Bytewise producer = new Bytewise(11);
        StreamReader fast = closing(cache.open(KEY, producer, with(Backpressure.slowestReader(4))));
        StreamReader slow = open(cache, never());
        producer.awaitBlockedAt(4);
        read(fast, 4);
        awaitParked(producer.thread());
        assertThat(producer.written()).isEqualTo(4);
        slow.close();

        assertThat(readAll(fast)).hasSize(7);
    }

    @Test
    void nobodyIsWaitedForWithoutBackpressure() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("x".repeat(LARGE)).end();

        StreamReader reader = closing(cache.open(KEY, script, with(Backpressure.none())));
        script.awaitEnd();

        assertThat(drain(reader)).isEqualTo(LARGE);
    }

    @Test
    void aLargeWriteIsNeverFurtherAheadThanTheWindow() throws Exception {
        StreamCache cache = cache();
        StreamReader reader = closing(cache.open(KEY, large(), with(Backpressure.fastestReader(100_000))));
        ByteBuffer buffer = ByteBuffer.allocate(30_000);

        while (reader.read(buffer.clear()) >= 0) {
            assertThat(cache.stats().bytesIn()).isLessThanOrEqualTo(reader.position() + 100_000);
        }
    }

    @Test
    void aReaderWhoLeavesDoesNotMatterWhileAnotherReads() throws Exception {
        StreamCache cache = cache();
        Bytewise producer = new Bytewise(11);
        StreamReader first = closing(cache.open(KEY, producer, with(Backpressure.fastestReader(1))));
        StreamReader second = open(cache, never());
        producer.awaitBlockedAt(1);

        first.close();

        assertThat(readAll(second)).hasSize(11);
    }

    @Test
    void openingAndClosingAtOnceNeverHangs() throws Exception {
        StreamCache cache = cache();
        for (int round = 0; round < 20; round++) {
            StreamKey key = StreamKey.of("round " + round);
            List<FutureTask<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                boolean leaves = i % 2 == 0;
                readers.add(start(() -> {
                    StreamProducer producer = sink -> {
                        for (int write = 0; write < 50; write++) {
                            sink.write(bytes("0123456789"));
                        }
                    };
                    try (StreamReader reader = cache.open(key, producer, with(Backpressure.fastestReader(16)))) {
                        return leaves ? reader.read(ByteBuffer.allocate(5)) : drain(reader);
                    }
                }));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(readers.get(i).get()).isEqualTo(i % 2 == 0 ? 5 : 500);
            }
        }
    }

    @Test
    void aWindowIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backpressure.fastestReader(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Backpressure.slowestReader(0));
    }

    private static StreamProducer large() {
        return sink -> sink.write(ByteBuffer.allocate(LARGE));
    }
}
