package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
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
            assertThat(producer.written).isEqualTo(read + 1);
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
        awaitParked(producer.thread);
        assertThat(producer.written).isEqualTo(4);
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
    void theLastReaderWhoLeavesEndsTheStreamForGood() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("part");
        StreamReader only = open(cache, script);
        read(only, 100);

        only.close();

        script.awaitEnd();
        timing.join();
        assertThat(names("tmp")).isEmpty();
        assertThat(cache.stats().failures()).isZero();
        assertThat(readWhole(cache, text("anew"))).isEqualTo("anew");
    }

    @Test
    void aProducerHeldUpByBackpressureLearnsThatNobodyReads() throws Exception {
        StreamCache cache = cache();
        Bytewise producer = new Bytewise(11);
        StreamReader only = closing(cache.open(KEY, producer, with(Backpressure.fastestReader(1))));
        producer.awaitBlockedAt(1);

        only.close();

        timing.join();
        assertThat(producer.failure)
                .isInstanceOf(StreamAbandonedException.class)
                .hasMessageContaining("name:key");
    }

    @Test
    void anOrphanThatSomebodyWantsFinishedIsFinishedAtFullSpeed() throws Exception {
        StreamCache cache = cache();
        Bytewise producer = new Bytewise(11);
        StreamReader creator = closing(cache.open(KEY, producer, with(Backpressure.fastestReader(1))));
        closing(cache.open(KEY, never(), OPTIONS.withOrphans(OrphanPolicy.FINISH)))
                .close();

        creator.close();
        timing.join();

        assertThat(readWhole(cache, never())).hasSize(11);
    }

    @Test
    void theInterruptOfAnAbandonedProducerStaysWithIt() {
        ProducerThread producer = new ProducerThread();

        producer.run(() -> {
            producer.interrupt();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });

        assertThat(Thread.interrupted()).isFalse();
        producer.interrupt();
        assertThat(Thread.interrupted()).isFalse();
        producer.run(() -> assertThat(Thread.currentThread().isInterrupted()).isTrue());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aProducerThatWaitsForSomethingElseIsInterruptedWhenNobodyReads() throws Exception {
        StreamCache cache = cache();
        Script script = new Script();
        StreamReader only = open(cache, script);
        awaitRun(script);

        only.close();

        script.awaitEnd();
    }

    @Test
    void aReaderThatTakesNothingIsSentAwayAndTheProducerGoesOn() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withReaderPace(Duration.ofSeconds(10), 1));
        Bytewise producer = new Bytewise(11);
        StreamReader stuck = closing(cache.open(KEY, producer, with(Backpressure.fastestReader(1))));
        producer.awaitBlockedAt(1);

        timing.advance(Duration.ofSeconds(20));

        assertThatExceptionOfType(StreamTooSlowException.class).isThrownBy(() -> read(stuck, 1));
        timing.join();
        assertThat(producer.failure).isInstanceOf(StreamAbandonedException.class);
        assertThat(cache.stats().tooSlow()).isEqualTo(1);
    }

    @Test
    void aReaderBelowTheMinimumRateIsSentAwayAndOneWithAllThereIsStays() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withReaderPace(Duration.ofSeconds(10), 100));
        Script script = new Script().write("x".repeat(10_000));
        StreamReader slow = closing(cache.open(KEY, script, with(Backpressure.none())));
        StreamReader done = open(cache, never());
        while (done.position() < 10_000) {
            read(done, 10_000);
        }
        StreamReader steady = open(cache, never());

        for (int second = 0; second < 40; second++) {
            timing.advance(Duration.ofSeconds(1));
            if (slow.isOpen() && second < 10) {
                read(slow, 9);
            }
            assertThat(read(steady, 10)).hasSize(10);
        }
        script.end();

        assertThatExceptionOfType(StreamTooSlowException.class).isThrownBy(() -> read(slow, 1));
        assertThat(readAll(done)).isEmpty();
        assertThat(readAll(steady)).hasSize(10_000 - 400);
    }

    @Test
    void everySinkGetsEveryByte() throws Exception {
        StreamCache cache = cache();
        long seed = System.nanoTime();
        System.out.println("BackpressureTest seed " + seed);
        byte[] content = new byte[LARGE];
        new Random(seed).nextBytes(content);
        StreamProducer producer = sink -> sink.write(ByteBuffer.wrap(content));
        Path target = folder.resolve("target");

        try (FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(cache.fetch(KEY, file, producer, OPTIONS).bytes()).isEqualTo(LARGE);
        }

        assertThat(Arrays.equals(Files.readAllBytes(target), content)).isTrue();
        assertThat(Arrays.equals(throughPipe(cache, producer, true), content)).isTrue();
        assertThat(Arrays.equals(throughPipe(cache, producer, false), content)).isTrue();
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

    private byte[] throughPipe(StreamCache cache, StreamProducer producer, boolean blocking) throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            sink.configureBlocking(blocking);
            Future<byte[]> received = start(() -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
                while (all.size() < LARGE && source.read(buffer.clear()) >= 0) {
                    all.write(buffer.array(), 0, buffer.position());
                }
                return all.toByteArray();
            });
            cache.fetch(KEY, sink, producer, OPTIONS);
            return received.get();
        }
    }

    private static StreamOptions with(Backpressure backpressure) {
        return OPTIONS.withBackpressure(backpressure);
    }

    private static StreamProducer large() {
        return sink -> sink.write(ByteBuffer.allocate(LARGE));
    }

    private static long drain(StreamReader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long before = reader.position();
        while (reader.read(buffer.clear()) >= 0) {}
        return reader.position() - before;
    }

    private static void awaitRun(Script script) {
        while (script.runs() == 0) {
            Thread.onSpinWait();
        }
        awaitParked(script.thread());
    }

    /** Writes byte by byte and tells how far it is. */
    private static final class Bytewise implements StreamProducer {
        private final int count;
        private volatile int written;
        private volatile Thread thread = Thread.currentThread();
        private volatile Throwable failure = new AssertionError("it did not fail");

        Bytewise(int count) {
            this.count = count;
        }

        @Override
        public void produce(StreamSink sink) throws IOException {
            thread = Thread.currentThread();
            try {
                for (int i = 0; i < count; i++) {
                    sink.write(bytes("x"));
                    written = i + 1;
                }
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /** It waits for readers, and for nothing else. */
        void awaitBlockedAt(int bytes) {
            while (written < bytes) {
                Thread.onSpinWait();
            }
            awaitParked(thread);
        }
    }
}
