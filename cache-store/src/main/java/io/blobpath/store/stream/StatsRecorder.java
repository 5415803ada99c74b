package io.blobpath.store.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts, and tells the listener. */
final class StatsRecorder {
    private final StreamListener listener;
    private final Map<Outcome, LongAdder> opened = new EnumMap<>(Outcome.class);
    private final Map<EvictionCause, LongAdder> evictions = new EnumMap<>(EvictionCause.class);
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder tooSlow = new LongAdder();
    private final LongAdder storageErrors = new LongAdder();
    private final LongAdder evictedBytes = new LongAdder();
    private final LongAdder firstByteNanos = new LongAdder();
    private final LongAdder firstBytes = new LongAdder();
    private final LongAdder joinNanos = new LongAdder();

    StatsRecorder(StreamListener listener) {
        this.listener = listener;
        for (Outcome outcome : Outcome.values()) {
            opened.put(outcome, new LongAdder());
        }
        for (EvictionCause cause : EvictionCause.values()) {
            evictions.put(cause, new LongAdder());
        }
    }

    void opened(Outcome outcome) {
        increment(opened, outcome);
    }

    void made(long bytes) {
        bytesIn.add(bytes);
    }

    void served(long bytes) {
        bytesOut.add(bytes);
    }

    void firstByte(Outcome outcome, long nanos) {
        firstBytes.increment();
        firstByteNanos.add(nanos);
        listener.firstByte(outcome, Duration.ofNanos(nanos));
    }

    void joined(long nanos) {
        joinNanos.add(nanos);
        listener.joined(Duration.ofNanos(nanos));
    }

    void failed() {
        failures.increment();
    }

    void retried() {
        retries.increment();
    }

    void tooSlow() {
        tooSlow.increment();
    }

    void storageFailed(String operation, IOException cause) {
        storageErrors.increment();
        listener.storageFailed(operation, cause);
    }

    void evicted(EvictionCause cause, long bytes) {
        increment(evictions, cause);
        evictedBytes.add(bytes);
        listener.evicted(cause, bytes);
    }

    StreamStats snapshot(int entries, long bytes, int readers) {
        return new StreamStats(
                sums(opened),
                bytesIn.sum(),
                bytesOut.sum(),
                failures.sum(),
                retries.sum(),
                tooSlow.sum(),
                storageErrors.sum(),
                sums(evictions),
                evictedBytes.sum(),
                Duration.ofNanos(firstByteNanos.sum()),
                firstBytes.sum(),
                Duration.ofNanos(joinNanos.sum()),
                entries,
                bytes,
                readers);
    }

    private static <K extends Enum<K>> void increment(Map<K, LongAdder> counters, K key) {
        counters.getOrDefault(key, new LongAdder()).increment();
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> counters) {
        Map<K, Long> sums = new HashMap<>();
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }
}
