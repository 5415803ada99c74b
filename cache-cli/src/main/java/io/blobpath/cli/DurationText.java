package io.blobpath.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times on the command line: {@code 200ms}, {@code 30s}, {@code 24h}, {@code 1h30m}, {@code 7d}, {@code PT24H}. */
final class DurationText {
    private DurationText() {}

    /** @throws IllegalArgumentException if it is none of these */
    static Duration parse(String text) {
        try {
            String iso = text.toUpperCase(Locale.ROOT);
            if (iso.endsWith("MS")) {
                return Duration.ofMillis(Long.parseLong(iso.substring(0, iso.length() - 2)));
            }
            if (iso.startsWith("P")) {
                return Duration.parse(iso);
            }
            return Duration.parse((iso.endsWith("D") ? "P" : "PT") + iso);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no time; write 200ms, 30s, 24h or 7d", e);
        }
    }

    /** The same, as short as it can be read. */
    static String of(Duration duration) {
        if (duration.toDays() > 1 && duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + "d";
        }
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
