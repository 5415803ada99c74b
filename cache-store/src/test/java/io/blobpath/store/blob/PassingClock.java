package io.blobpath.store.blob;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that stands still until it passes, more than a grace period at once. */
final class PassingClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int epoch;

    /** How often time has passed. */
    int epoch() {
        return epoch;
    }

    void pass() {
        now = now.plus(Duration.ofDays(2));
        epoch++;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
