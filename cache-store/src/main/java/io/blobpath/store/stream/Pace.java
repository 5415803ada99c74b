package io.blobpath.store.stream;

/**
 * Whether a reader takes what is there. A window begins when the reader is first seen behind the writer, and again when it took
 * enough; one that has all there is, is never slow.
 */
final class Pace {
    private boolean measuring;
    private long begun;
    private long start;

    synchronized boolean isTooSlow(long position, boolean caughtUp, long now, long windowNanos, long minimum) {
        if (caughtUp) {
            measuring = false;
        } else if (!measuring || position - start >= minimum) {
            measuring = true;
            begun = now;
            start = position;
        }
        return measuring && now - begun >= windowNanos;
    }
}
