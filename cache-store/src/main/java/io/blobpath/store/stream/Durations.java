package io.blobpath.store.stream;

import java.time.Duration;

/** The one check of durations in options. */
final class Durations {
    private Durations() {}

    static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " was " + value + " but it must be positive");
        }
    }
}
