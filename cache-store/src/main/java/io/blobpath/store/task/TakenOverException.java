package io.blobpath.store.task;

import java.io.IOException;

/**
 * Another update of a {@link FencedStore} has begun after this one, so that this one may change nothing any more. What it was
 * about to change was not changed; it may begin anew.
 */
public final class TakenOverException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what was taken over. */
    public TakenOverException(String message) {
        super(message);
    }
}
