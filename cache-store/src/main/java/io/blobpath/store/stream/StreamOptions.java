package io.blobpath.store.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * How one caller opens a stream. Whoever creates the entry decides back-pressure and time to live for all who join it.
 *
 * @param backpressure how far the producer may be ahead
 * @param orphans what becomes of the stream when nobody reads it any more
 * @param failures whether this caller, when it joins a stream that fails before its first byte, tries by itself
 * @param readTimeout how long one read waits for the producer at most; none waits until the stream ends
 * @param timeToLive how long after its creation the entry may be used at most; none leaves it to the cache
 */
public record StreamOptions(
        Backpressure backpressure,
        OrphanPolicy orphans,
        FailurePolicy failures,
        Optional<Duration> readTimeout,
        Optional<Duration> timeToLive) {
    private static final long WINDOW = 8 << 20;

    /** Refuses durations that are not positive. */
    public StreamOptions {
        readTimeout.ifPresent(value -> Durations.requirePositive("readTimeout", value));
        timeToLive.ifPresent(value -> Durations.requirePositive("timeToLive", value));
    }

    /** At most 8 MiB ahead of the fastest reader, ended with its last reader, tried once more; no times. */
    public static StreamOptions defaults() {
        return new StreamOptions(
                Backpressure.fastestReader(WINDOW),
                OrphanPolicy.ABORT,
                FailurePolicy.RETRY_ONCE,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with this back-pressure. */
    public StreamOptions withBackpressure(Backpressure value) {
        return new StreamOptions(value, orphans, failures, readTimeout, timeToLive);
    }

    /** The same with this policy for streams that nobody reads. */
    public StreamOptions withOrphans(OrphanPolicy value) {
        return new StreamOptions(backpressure, value, failures, readTimeout, timeToLive);
    }

    /** The same with this policy for streams that fail. */
    public StreamOptions withFailures(FailurePolicy value) {
        return new StreamOptions(backpressure, orphans, value, readTimeout, timeToLive);
    }

    /** The same with this patience for each read. */
    public StreamOptions withReadTimeout(Duration value) {
        return new StreamOptions(backpressure, orphans, failures, Optional.of(value), timeToLive);
    }

    /** The same with this life for the entry. */
    public StreamOptions withTimeToLive(Duration value) {
        return new StreamOptions(backpressure, orphans, failures, readTimeout, Optional.of(value));
    }
}
