package io.blobpath.redis;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a lease is written: {@code owner fence lease since progress holder}, as {@code leases.lua} has it. */
final class RedisLeaseRecord {
    private static final Pattern TEXT =
            Pattern.compile("[0-9a-f]{32} (\\d{1,19}) (\\d{1,19}) (-?\\d{1,19}) (-?\\d{1,19}) (.*)", Pattern.DOTALL);

    private RedisLeaseRecord() {}

    /** The state that a script answered: the record, the time when it ends, and the time until then. */
    static LeaseState state(LeaseName name, byte[] record, String end, String remaining) {
        Matcher text = TEXT.matcher(new String(record, StandardCharsets.UTF_8));
        if (!text.matches()) {
            throw RedisRecords.foreign(null);
        }
        long fence = Long.parseLong(text.group(1));
        return new LeaseState(
                name,
                text.group(5),
                fence,
                fence + "." + end,
                ofMicros(Long.parseLong(text.group(2))),
                Instant.ofEpochMilli(Long.parseLong(text.group(3))),
                Optional.of(ofMicros(Long.parseLong(remaining))),
                Long.parseLong(text.group(4)));
    }

    static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    private static Duration ofMicros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
