package io.blobpath.store.blob;

import java.time.Duration;
import java.util.Optional;

/**
 * How thoroughly to verify.
 *
 * @param sample which part of the blobs to read, from 0 for none to 1 for all; another part each time
 * @param maxTime when to stop reading blobs; empty for never
 * @param threads how many threads work, the caller's among them
 */
public record VerifyOptions(double sample, Optional<Duration> maxTime, int threads) {
    /** Refuses what is out of range. */
    public VerifyOptions {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("sample was " + sample + " but it must be 0 to 1");
        }
        if (maxTime.isPresent() && maxTime.get().isNegative()) {
            throw new IllegalArgumentException("maxTime was " + maxTime.get() + " but it must not be negative");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads was " + threads + " but it must be positive");
        }
    }

    /** Everything, on all processors. */
    public static VerifyOptions defaults() {
        return new VerifyOptions(1, Optional.empty(), Runtime.getRuntime().availableProcessors());
    }

    /** The same with this part of the blobs. */
    public VerifyOptions withSample(double part) {
        return new VerifyOptions(part, maxTime, threads);
    }

    /** The same with this end. */
    public VerifyOptions withMaxTime(Duration duration) {
        return new VerifyOptions(sample, Optional.of(duration), threads);
    }
}
