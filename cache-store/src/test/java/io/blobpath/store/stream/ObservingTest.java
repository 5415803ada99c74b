package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Numbers, meters and records of what a cache does. */
final class ObservingTest extends StreamTest {
    @Test
    void everyNumberIsAMeter() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        StreamMeters meters = new StreamMeters(registry, Tags.of("cache", "layers"));
        StreamCache cache = cache(StreamCacheOptions.defaults().withListener(meters));
        meters.bind(cache);
        Script script = new Script().write("con");

        StreamReader creator = open(cache, script);
        StreamReader joiner = open(cache, never());
        script.write("tent").end();
        readAll(creator);
        readAll(joiner);
        creator.close();
        joiner.close();
        readWhole(cache, never());
        timing.advance(StreamCacheOptions.defaults().maxAge().plus(Duration.ofMinutes(2)));

        for (String outcome : new String[] {"created", "joined", "hit"}) {
            assertThat(registry.get("blobpath.stream.opened")
                            .tags("cache", "layers", "outcome", outcome)
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("blobpath.stream.first.byte")
                            .tag("outcome", outcome)
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(registry.get("blobpath.stream.join.wait").timer().count()).isEqualTo(1);
        assertThat(count(registry, "bytes.in")).isEqualTo(7);
        assertThat(count(registry, "bytes.out")).isEqualTo(21);
        assertThat(count(registry, "evicted.bytes")).isGreaterThan(7);
        assertThat(registry.get("blobpath.stream.evictions")
                        .tag("cause", "age")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("blobpath.stream.disk.bytes").gauge().value()).isZero();
        assertThat(registry.get("blobpath.stream.entries").gauge().value()).isZero();
        assertThat(registry.get("blobpath.stream.readers").gauge().value()).isZero();
    }

    @Test
    void theTimeToTheFirstByteIsTheCallers() throws Exception {
        StreamCache cache = cache();
        Script script = new Script();
        StreamReader reader = open(cache, script);

        timing.advance(Duration.ofSeconds(3));
        script.write("content").end();
        readAll(reader);

        assertThat(cache.stats().firstByteTotal()).isEqualTo(Duration.ofSeconds(3));
        assertThat(cache.stats().firstBytes()).isEqualTo(1);
    }

    @Test
    void aRecordingCacheTellsWhatWasAsked() throws Exception {
        RecordingStreamCache cache = closing(new RecordingStreamCache(cache()));
        StreamKey other = StreamKey.of("other");

        readWhole(cache, text("content"));
        cache.fetch(KEY, new CountingSink(), never(), OPTIONS);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () -> cache.fetch(other, new CountingSink(), failing("", new IOException("boom")), OPTIONS));
        cache.invalidate(KEY);

        assertThat(cache.calls())
                .hasSize(4)
                .contains(
                        new RecordingStreamCache.Call(RecordingStreamCache.Method.OPEN, KEY, "CREATED"),
                        new RecordingStreamCache.Call(RecordingStreamCache.Method.FETCH, KEY, "HIT"),
                        new RecordingStreamCache.Call(RecordingStreamCache.Method.INVALIDATE, KEY, "true"));
        assertThat(cache.calls().get(2).result()).contains("boom");
    }

    private static double count(MeterRegistry registry, String name) {
        return registry.get("blobpath.stream." + name).functionCounter().count();
    }
}
