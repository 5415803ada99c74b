package io.blobpath.benchmarks.report;

import java.util.Locale;

/** How a number is printed. */
public enum Unit {
    /** Operations in a second. */
    PER_SECOND("/s"),
    /** MiB in a second. */
    MEBIBYTES_PER_SECOND(" MiB/s"),
    /** Milliseconds. */
    MILLIS(" ms"),
    /** Microseconds. */
    MICROS(" us"),
    /** Nanoseconds. */
    NANOS(" ns"),
    /** Bytes. */
    BYTES(" B"),
    /** KiB, as du counts. */
    KIBIBYTES(" KiB");

    private final String suffix;

    Unit(String suffix) {
        this.suffix = suffix;
    }

    /** Whether more is better. */
    boolean isRate() {
        return this == PER_SECOND || this == MEBIBYTES_PER_SECOND;
    }

    String text(double value) {
        String number = value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ')
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
        return number + suffix;
    }
}
