package io.blobpath.store.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The numbers of a cache as Micrometer meters, all below {@code blobpath.stream}. Give it to {@link
 * StreamCacheOptions#withListener} for the timers, and {@link #bind} the open cache for the rest. Micrometer is an optional
 * dependency; nothing else needs it.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code opened}</td><td>streams, by {@code outcome}</td></tr>
 * <tr><td>{@code bytes.in}, {@code bytes.out}</td><td>made by producers, and served</td></tr>
 * <tr><td>{@code first.byte}</td><td>timer to the first byte, by {@code outcome}</td></tr>
 * <tr><td>{@code join.wait}</td><td>timer until a joiner could begin to read</td></tr>
 * <tr><td>{@code evictions}, {@code evicted.bytes}</td><td>removed, the former by {@code cause}</td></tr>
 * <tr><td>{@code failures}, {@code retries}, {@code too.slow}, {@code storage.errors}</td><td>what went wrong</td></tr>
 * <tr><td>{@code entries}, {@code disk.bytes}, {@code readers}</td><td>what there is now</td></tr>
 * </table>
 */
public final class StreamMeters implements StreamListener {
    private static final String PREFIX = "blobpath.stream.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Outcome, Timer> firstByte = new EnumMap<>(Outcome.class);
    private final Timer joinWait;

    /** Meters in this registry, with these tags on each. */
    public StreamMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        this.joinWait = Timer.builder(PREFIX + "join.wait").tags(tags).register(registry);
        for (Outcome outcome : Outcome.values()) {
            firstByte.put(
                    outcome,
                    Timer.builder(PREFIX + "first.byte")
                            .tags(tags.and("outcome", lower(outcome)))
                            .register(registry));
        }
    }

    @Override
    public void firstByte(Outcome outcome, Duration after) {
        Timer timer = firstByte.get(outcome);
        if (timer != null) {
            timer.record(after);
        }
    }

    @Override
    public void joined(Duration after) {
        joinWait.record(after);
    }

    /** Shows what this cache counts. The registry does not keep the cache from being collected. */
    public void bind(StreamCache cache) {
        for (Outcome outcome : Outcome.values()) {
            counter(cache, "opened", tags.and("outcome", lower(outcome)), stats -> stats.opened(outcome));
        }
        for (EvictionCause cause : EvictionCause.values()) {
            counter(cache, "evictions", tags.and("cause", lower(cause)), stats -> stats.evictions(cause));
        }
        bytes(cache, "bytes.in", StreamStats::bytesIn);
        bytes(cache, "bytes.out", StreamStats::bytesOut);
        bytes(cache, "evicted.bytes", StreamStats::evictedBytes);
        counter(cache, "failures", tags, StreamStats::failures);
        counter(cache, "retries", tags, StreamStats::retries);
        counter(cache, "too.slow", tags, StreamStats::tooSlow);
        counter(cache, "storage.errors", tags, StreamStats::storageErrors);
        gauge(cache, "entries", StreamStats::entries);
        gauge(cache, "disk.bytes", StreamStats::bytes);
        gauge(cache, "readers", StreamStats::readers);
    }

    private void counter(StreamCache cache, String name, Tags all, ToDoubleFunction<StreamStats> value) {
        FunctionCounter.builder(PREFIX + name, cache, open -> value.applyAsDouble(open.stats()))
                .tags(all)
                .register(registry);
    }

    private void bytes(StreamCache cache, String name, ToDoubleFunction<StreamStats> value) {
        FunctionCounter.builder(PREFIX + name, cache, open -> value.applyAsDouble(open.stats()))
                .baseUnit(BaseUnits.BYTES)
                .tags(tags)
                .register(registry);
    }

    private void gauge(StreamCache cache, String name, ToDoubleFunction<StreamStats> value) {
        Gauge.builder(PREFIX + name, cache, open -> value.applyAsDouble(open.stats()))
                .tags(tags)
                .register(registry);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
