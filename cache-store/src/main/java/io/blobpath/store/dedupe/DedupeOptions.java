package io.blobpath.store.dedupe;

/**
 * How to dedupe, or to undo it.
 *
 * @param apply whether to change files; otherwise the report says what would be done
 * @param threads how many threads work, the caller's among them
 * @param maxLinks how many links a file may have before the next copy is linked to instead
 * @param ignoreMode whether copies of one owner and group share whatever their permissions; the shared file may then be read
 *     by whoever might read one of the copies, and written or executed by nobody who might not do so to all of them
 */
public record DedupeOptions(boolean apply, int threads, int maxLinks, boolean ignoreMode) {
    /** What ext4 allows, the least of the usual file systems. */
    public static final int MAX_LINKS = 65_000;

    /** Refuses less than one thread or two links. */
    public DedupeOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads was " + threads + " but it must be positive");
        }
        if (maxLinks < 2) {
            throw new IllegalArgumentException("maxLinks was " + maxLinks + " but it must be at least 2");
        }
    }

    /** A dry run on all processors. */
    public static DedupeOptions defaults() {
        return new DedupeOptions(false, Runtime.getRuntime().availableProcessors(), MAX_LINKS, false);
    }

    /** The same, changing files or not. */
    public DedupeOptions withApply(boolean on) {
        return new DedupeOptions(on, threads, maxLinks, ignoreMode);
    }

    /** The same with this many threads. */
    public DedupeOptions withThreads(int count) {
        return new DedupeOptions(apply, count, maxLinks, ignoreMode);
    }

    /** The same with this limit. */
    public DedupeOptions withMaxLinks(int limit) {
        return new DedupeOptions(apply, threads, limit, ignoreMode);
    }

    /** The same, linking copies of different permissions or not. */
    public DedupeOptions withIgnoreMode(boolean on) {
        return new DedupeOptions(apply, threads, maxLinks, on);
    }
}
