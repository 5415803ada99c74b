package io.blobpath.cache.lease;

import org.jspecify.annotations.Nullable;

/** The work of a flight failed. Every caller that waited gets one of its own, with the failure as its cause. */
public final class FlightException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean definitive;

    FlightException(String message, @Nullable Throwable cause, boolean definitive) {
        super(message, cause);
        this.reason = message;
        this.definitive = definitive;
    }

    String reason() {
        return reason;
    }

    /** Whether trying again makes no sense for now. There is no cause if the failure happened on another node. */
    public boolean isDefinitive() {
        return definitive;
    }
}
