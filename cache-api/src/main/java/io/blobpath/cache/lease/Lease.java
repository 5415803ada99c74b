package io.blobpath.cache.lease;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A lease that was granted, and is renewed in the background until it is closed or lost.
 *
 * <p>Not bound to a thread: any thread may use and close it. Not reentrant. Losing it is final (K5).
 */
public interface Lease extends AutoCloseable {
    /** What it is about. */
    LeaseName name();

    /**
     * A number that is larger for each later grant of this name, over release, expiry, restart and wipe of the store (K7). A
     * resource outside the store that remembers the largest one it saw can refuse the holders before it.
     */
    long fence();

    /**
     * How long it surely lasts if no renewal follows, on the monotonic clock, counted from before the request; zero once it is
     * lost or closed.
     */
    Duration remaining();

    /** Whether it was neither lost nor closed when asked. Answers from memory; only a guarded write asks the store. */
    default boolean isHeld() {
        return !remaining().isZero();
    }

    /**
     * Completes when the lease is lost (K8), never with an exception, and not when it is closed in time. Stages that depend on
     * it run on a thread of the cache and must be short.
     */
    CompletionStage<LossCause> lost();

    /** Tells those who wait how far the work is; the number travels with the next renewal. */
    void progress(long units);

    /**
     * Gives the lease back. Closing again does nothing; it never throws. If the store does not answer, the lease ends by
     * itself after its time (K3).
     */
    @Override
    void close();
}
