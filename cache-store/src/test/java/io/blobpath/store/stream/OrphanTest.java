package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Streams that nobody reads any more. */
final class OrphanTest extends StreamTest {
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
        assertThat(producer.failure())
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

    private static void awaitRun(Script script) {
        while (script.runs() == 0) {
            Thread.onSpinWait();
        }
        awaitParked(script.thread());
    }
}
