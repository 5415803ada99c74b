package io.blobpath.cache.spi;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names one acquisition of a lease. Chosen by the caller before it asks, so that an answer that was lost can be asked for
 * again (K6).
 *
 * @param high the first half of 128 random bits
 * @param low the second half
 */
public record OwnerToken(long high, long low) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A token that nobody else has. */
    public static OwnerToken random() {
        return new OwnerToken(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** The token with this text. */
    public static OwnerToken parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("an owner token has 32 hexadecimal digits");
        }
        return new OwnerToken(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    /** Thirty-two hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
