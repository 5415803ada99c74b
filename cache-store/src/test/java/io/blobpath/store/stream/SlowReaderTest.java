package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Readers that take too little. */
final class SlowReaderTest extends StreamTest {
    @Test
    void aReaderThatTakesNothingIsSentAwayAndTheProducerGoesOn() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withReaderPace(Duration.ofSeconds(10), 1));
        Bytewise producer = new Bytewise(11);
        StreamReader stuck = closing(cache.open(KEY, producer, with(Backpressure.fastestReader(1))));
        producer.awaitBlockedAt(1);

        timing.advance(Duration.ofSeconds(20));

        assertThatExceptionOfType(StreamTooSlowException.class).isThrownBy(() -> read(stuck, 1));
        timing.join();
        assertThat(producer.failure()).isInstanceOf(StreamAbandonedException.class);
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
}
