package io.blobpath.cache;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes, written as {@code 64GiB}, {@code 512MiB}, {@code 10kB} or a plain number.
 *
 * @param bytes how many, not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) ?(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)?");

    /** Refuses negative sizes. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative, but was " + bytes);
        }
    }

    /**
     * The size that this text names.
     *
     * @throws IllegalArgumentException if it is not a size
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a size looks like 64GiB, 512MiB, 10kB or 4096");
        }
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the size is larger than a 64-bit number of bytes", e);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The size in the largest binary unit that divides it, such as {@code 64GiB}. */
    @Override
    public String toString() {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        long rest = bytes;
        while (unit + 1 < units.length && rest != 0 && rest % 1024 == 0) {
            rest /= 1024;
            unit++;
        }
        return rest + units[unit];
    }

    private static long unit(@Nullable String unit) {
        if (unit == null || unit.equals("B")) {
            return 1;
        }
        int power = "KMGT".indexOf(Character.toUpperCase(unit.charAt(0))) + 1;
        long base = unit.length() == 3 ? 1024 : 1000;
        long factor = 1;
        for (int i = 0; i < power; i++) {
            factor *= base;
        }
        return factor;
    }
}
