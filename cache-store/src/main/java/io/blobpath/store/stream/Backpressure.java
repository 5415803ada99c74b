package io.blobpath.store.stream;

/** How far the producer of a stream may be ahead of those who read it. Nobody holds it up once nobody reads. */
public sealed interface Backpressure {
    /** As far as it likes. */
    record None() implements Backpressure {}

    /**
     * So many bytes ahead of the reader that is furthest. A slow reader delays nobody; the producer is not faster than the
     * fastest who wants its bytes.
     *
     * @param window the bytes, at least one
     */
    record FastestReader(long window) implements Backpressure {
        /** Checks the window. */
        public FastestReader {
            check(window);
        }
    }

    /**
     * So many bytes ahead of the reader that is furthest behind. One slow reader slows all others.
     *
     * @param window the bytes, at least one
     */
    record SlowestReader(long window) implements Backpressure {
        /** Checks the window. */
        public SlowestReader {
            check(window);
        }
    }

    /** No back-pressure. */
    static Backpressure none() {
        return new None();
    }

    /** At most this far ahead of the fastest reader. */
    static Backpressure fastestReader(long window) {
        return new FastestReader(window);
    }

    /** At most this far ahead of the slowest reader. */
    static Backpressure slowestReader(long window) {
        return new SlowestReader(window);
    }

    private static void check(long window) {
        if (window < 1) {
            throw new IllegalArgumentException("the window of back-pressure was " + window + " but must be positive");
        }
    }
}
