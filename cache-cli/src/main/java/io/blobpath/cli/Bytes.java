package io.blobpath.cli;

import java.util.Locale;

/** Sizes and numbers for people. */
final class Bytes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Bytes() {}

    /** The size with three or four digits at most, such as {@code 21.9 MiB}. */
    static String text(long bytes) {
        double rest = bytes;
        int unit = 0;
        // What would be printed as 1024.0 belongs to the next unit.
        while (rest >= 1023.95 && unit + 1 < UNITS.length) {
            rest /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", rest, UNITS[unit]);
    }

    /** The number with its noun in the right form, such as {@code 1 blob} or {@code 12,345 blobs}. */
    static String count(long number, String noun) {
        String plural = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural);
    }

    /** How much less the one is than the other, such as {@code 64 % less}. */
    static String less(long before, long after) {
        return before == 0 ? "nothing" : Math.round(100.0 * (before - after) / before) + " % less";
    }
}
