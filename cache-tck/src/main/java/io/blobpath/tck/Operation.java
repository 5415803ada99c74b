package io.blobpath.tck;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.stream.Stream;

/**
 * One call of a history, and when it was under way by a clock that all threads share.
 *
 * @param thread who called
 * @param answer what the cache answered, or {@link #UNKNOWN}
 * @param called a moment before the call
 * @param returned a moment after it, or {@link #NEVER} if it may happen at any time or not at all
 */
record Operation(int thread, Action action, Digest digest, BlobPath path, Object answer, long called, long returned) {
    static final Object UNKNOWN = "?";
    static final long NEVER = Long.MAX_VALUE;

    /** A change that failed without an answer: it may be applied, now or later, or not. */
    static Operation failed(int thread, Action action, Digest digest, BlobPath path, long called) {
        return new Operation(thread, action, digest, path, UNKNOWN, called, NEVER);
    }

    boolean mayHaveFailed() {
        return returned == NEVER;
    }

    boolean isAnsweredBy(Object expected) {
        return answer.equals(UNKNOWN) || answer.equals(expected);
    }

    /** The change, and another one like it that may have come before or after. */
    Stream<Operation> perhapsTwice() {
        return Stream.of(
                new Operation(thread, action, digest, path, UNKNOWN, called, returned),
                failed(thread, action, digest, path, called));
    }
}
