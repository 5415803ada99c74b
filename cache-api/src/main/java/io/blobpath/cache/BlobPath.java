package io.blobpath.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Where a blob lies, relative to the root of its store, such as {@code library/alpine/blobs/sha256/9f86...}.
 *
 * <p>One to 1024 bytes of well-formed UTF-8; segments are separated by {@code /}, none is empty, {@code .} or
 * {@code ..}, and there is no backslash and no control character. A valid path can therefore be resolved against any
 * root without leaving it (symbolic links apart). The text is kept as given: case counts and Unicode is not normalised.
 *
 * <p>The order is that of the UTF-8 bytes, compared unsigned. It is the order in which duplicates are promoted and listed
 * on every driver; {@link String#compareTo} differs from it above U+FFFF.
 */
public final class BlobPath implements Comparable<BlobPath> {
    /** The longest path, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1024;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;

    private final String value;

    private BlobPath(String value) {
        this.value = value;
    }

    /**
     * The path with this text.
     *
     * @throws IllegalArgumentException if the text is not a valid path
     */
    public static BlobPath of(String value) {
        check(value);
        return new BlobPath(value);
    }

    /**
     * The path with this text in UTF-8.
     *
     * @throws IllegalArgumentException if the bytes are not well-formed UTF-8 or not a valid path
     */
    public static BlobPath ofUtf8(byte[] utf8) {
        if (isPlain(utf8)) {
            return new BlobPath(new String(utf8, StandardCharsets.ISO_8859_1));
        }
        // The quick decoder puts U+FFFD in place of what is malformed; without one, all was well.
        String decoded = new String(utf8, StandardCharsets.UTF_8);
        return of(decoded.indexOf('\uFFFD') < 0 ? decoded : decodeStrictly(utf8));
    }

    /** The text in UTF-8, a new array each time. */
    public byte[] utf8() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(BlobPath other) {
        String left = value;
        String right = other.value;
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return byteOrder(a) - byteOrder(b);
            }
        }
        return left.length() - right.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlobPath that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The text, exactly as it was given. */
    @Override
    public String toString() {
        return value;
    }

    private static String decodeStrictly(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("invalid path: its " + utf8.length + " bytes are not UTF-8", e);
        }
    }

    /** Ranks surrogates, which stand for code points above U+FFFF, behind all other characters. */
    private static int byteOrder(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    /**
     * Whether it is a valid path of ASCII, of eight bytes or more, with no segment that begins with a dot. Nearly all paths are,
     * so that eight bytes are looked at in one step (Henry Warren, Hacker's Delight, 6-1: find a byte in a word).
     */
    private static boolean isPlain(byte[] utf8) {
        int last = utf8.length - Long.BYTES;
        if (last < 0 || utf8.length > MAX_BYTES || utf8[utf8.length - 1] == '/') {
            return false;
        }
        for (int at = 0; at < last; at += Long.BYTES) {
            if (!isPlain(utf8, at)) {
                return false;
            }
        }
        return isPlain(utf8, last);
    }

    /** Whether these eight bytes may be in such a path, behind the byte before. */
    private static boolean isPlain(byte[] utf8, int at) {
        long bytes = (long) EIGHT.get(utf8, at);
        long slashes = equal(bytes, '/');
        long starts = (slashes << Byte.SIZE) | (at == 0 || utf8[at - 1] == '/' ? 0x80 : 0);
        long refused = starts & (slashes | equal(bytes, '.'));
        long controls = ((bytes - ' ' * EACH) & ~bytes & TOP_BITS) | equal(bytes, 0x7f);
        return ((bytes & TOP_BITS) | controls | equal(bytes, '\\') | refused) == 0;
    }

    /** The top bit of each byte that has this value, if none is above 127. */
    private static long equal(long bytes, int value) {
        long difference = bytes ^ (value * EACH);
        return ~(difference + 0x7f * EACH) & TOP_BITS;
    }

    private static void check(String value) {
        int bytes = 0;
        int segment = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '/') {
                checkSegment(value, segment, i);
                segment = i + 1;
                bytes++;
            } else if (Character.isISOControl(c)) {
                throw invalid(value, "it contains a control character");
            } else if (c == '\\') {
                throw invalid(value, "it contains a backslash; segments are separated by '/'");
            } else if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw invalid(value, "it contains half of a surrogate pair and has no UTF-8 form");
            }
        }
        checkSegment(value, segment, value.length());
        if (bytes > MAX_BYTES) {
            throw invalid(value, "it has " + bytes + " bytes of UTF-8 and at most " + MAX_BYTES + " are allowed");
        }
    }

    private static void checkSegment(String value, int start, int end) {
        int length = end - start;
        if (length == 0) {
            throw invalid(
                    value,
                    value.isEmpty()
                            ? "it is empty"
                            : "it has an empty segment; write it relative to the store's root, without '//' and without"
                                    + " '/' at either end");
        }
        if (value.charAt(start) == '.' && (length == 1 || (length == 2 && value.charAt(start + 1) == '.'))) {
            throw invalid(value, "a segment must not be '.' or '..'");
        }
    }

    private static IllegalArgumentException invalid(String value, String why) {
        return new IllegalArgumentException("invalid path '" + Quote.of(value) + "': " + why);
    }
}
