package io.blobpath.cache;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The digest of a blob, such as {@code sha256:9f86d0...}: a registered algorithm and its bytes.
 *
 * <p>Text is parsed once, here, and refused unless it is exactly right; whoever holds a {@code Digest} need not check
 * it again and may use {@link #hex()} as a file name. Ordered by algorithm, then by unsigned bytes.
 */
public final class Digest implements Comparable<Digest> {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NIBBLES = nibbles();

    private final DigestAlgorithm algorithm;
    private final byte[] bytes;

    private Digest(DigestAlgorithm algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    /**
     * The digest that this text names.
     *
     * @throws IllegalArgumentException if the text is not {@code algorithm:hex} with a registered algorithm and exactly
     *     its number of lower-case hexadecimal digits
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw invalid(text, "it must look like sha256:<64 lower-case hexadecimal digits>");
        }
        DigestAlgorithm algorithm = DigestAlgorithm.byId(text.substring(0, colon))
                .orElseThrow(() -> invalid(text, "the algorithm must be one of sha256, sha512, blake3"));
        int digits = text.length() - colon - 1;
        if (digits != 2 * algorithm.length()) {
            throw invalid(
                    text, algorithm.id() + " has " + 2 * algorithm.length() + " hexadecimal digits, not " + digits);
        }
        byte[] bytes = new byte[algorithm.length()];
        for (int i = 0; i < bytes.length; i++) {
            int at = colon + 1 + 2 * i;
            int value = nibble(text.charAt(at)) << 4 | nibble(text.charAt(at + 1));
            if (value < 0) {
                throw invalid(text, "the digits must be 0-9 and a-f in lower case");
            }
            bytes[i] = (byte) value;
        }
        return new Digest(algorithm, bytes);
    }

    /**
     * The digest with these bytes, which are copied.
     *
     * @throws IllegalArgumentException if the number of bytes is not the algorithm's
     */
    public static Digest of(DigestAlgorithm algorithm, byte[] bytes) {
        return of(algorithm, bytes, 0, bytes.length);
    }

    /**
     * The digest with a range of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if the length is not the algorithm's
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static Digest of(DigestAlgorithm algorithm, byte[] source, int offset, int length) {
        if (length != algorithm.length()) {
            throw new IllegalArgumentException(
                    algorithm.id() + " digest needs " + algorithm.length() + " bytes, got " + length);
        }
        Objects.checkFromIndexSize(offset, length, source.length);
        return new Digest(algorithm, Arrays.copyOfRange(source, offset, offset + length));
    }

    /** The algorithm. */
    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** The lower-case hexadecimal digits, without the algorithm. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Copies the bytes into an array, for drivers that build binary keys.
     *
     * @return the offset behind the last byte written
     * @throws IndexOutOfBoundsException if there is no room
     */
    public int copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return offset + bytes.length;
    }

    @Override
    public int compareTo(Digest other) {
        int order = algorithm.compareTo(other.algorithm);
        return order != 0 ? order : Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && algorithm == that.algorithm && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text form, {@code algorithm:hex}. */
    @Override
    public String toString() {
        return algorithm.id() + ':' + hex();
    }

    private static int nibble(char c) {
        return c < NIBBLES.length ? NIBBLES[c] : -1;
    }

    private static byte[] nibbles() {
        byte[] values = new byte[0x80];
        Arrays.fill(values, (byte) -1);
        for (byte value = 0; value < 16; value++) {
            values[Character.forDigit(value, 16)] = value;
        }
        return values;
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException("invalid digest '" + Quote.of(text) + "': " + why);
    }
}
