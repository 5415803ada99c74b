package io.blobpath.cache.lease;

import java.util.concurrent.TimeoutException;

/** A lease was not granted within the time that the caller wanted to wait. The message tells who holds it. */
public final class LeaseTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    LeaseTimeoutException(String message) {
        super(message);
    }
}
