package io.blobpath.lmdb;

import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A change on its way through the writer, and the thread that waits for it. */
final class LmdbRequest<R> {
    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int WITHDRAWN = 2;
    private static final int DONE = 3;

    private final LmdbWriter.Change<R> change;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger state = new AtomicInteger(WAITING);
    private @Nullable R result;
    private @Nullable Throwable failure;

    LmdbRequest(LmdbWriter.Change<R> change) {
        this.change = change;
    }

    /** For the writer: whether the caller still wants it; from now on it cannot be withdrawn. */
    boolean take() {
        return state.compareAndSet(WAITING, TAKEN);
    }

    void apply(LmdbTransaction transaction) {
        result = null;
        failure = null;
        result = change.apply(transaction);
    }

    /** Notes the failure, which the caller sees after {@link #finish}. */
    void fail(Throwable why) {
        failure = why;
    }

    void finish() {
        state.set(DONE);
        LockSupport.unpark(caller);
    }

    /** Waits for the writer; a request that it has not taken yet is withdrawn when time is over or the thread interrupted. */
    R await(Duration timeout, Deadline deadline, long spinNanos, Supplier<String> writerState) {
        long spinEnd = System.nanoTime() + spinNanos;
        while (state.get() != DONE && spinNanos > 0 && System.nanoTime() - spinEnd < 0) {
            Thread.onSpinWait();
        }
        while (state.get() != DONE) {
            long left = deadline.left();
            if (left <= 0) {
                String outcome = leave();
                if (outcome != null) {
                    throw new CacheUnavailableException(
                            "the writer did not finish within " + timeout + "; " + outcome + writerState.get());
                }
            } else if (caller.isInterrupted()) {
                String outcome = leave();
                if (outcome != null) {
                    throw new CacheInterruptedException("interrupted while it waited for the writer; " + outcome);
                }
            } else {
                LockSupport.parkNanos(this, left);
            }
        }
        return outcome();
    }

    /** Gives up; tells what that means for the change, or null if it is done after all. */
    private @Nullable String leave() {
        if (state.compareAndSet(WAITING, WITHDRAWN)) {
            return "nothing was changed";
        }
        return state.get() == DONE ? null : "whether it was applied is unknown";
    }

    // The writer sets a result or a failure before DONE, and a change never answers null.
    @SuppressWarnings("NullAway")
    private R outcome() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return result;
    }
}
