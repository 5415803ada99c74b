package io.blobpath.cache.spi;

import java.time.Duration;

/**
 * A definitive failure that the holder leaves behind when it releases, for those who wait.
 *
 * @param reason at most {@link #MAX_LENGTH} characters
 * @param keep how long it is to be remembered
 */
public record LeaseFailure(String reason, Duration keep) {
    /** The longest reason. */
    public static final int MAX_LENGTH = 1000;

    /** Shortens the reason. */
    public LeaseFailure {
        if (reason.length() > MAX_LENGTH) {
            int cut = Character.isHighSurrogate(reason.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
            reason = reason.substring(0, cut);
        }
    }
}
