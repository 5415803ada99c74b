package io.blobpath.redis;

import io.blobpath.cache.CacheInterruptedException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * When an operation ends at the latest.
 *
 * @param nanos on the monotonic clock
 */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Waits for an answer, which is given up at the deadline. */
    <R> R await(CompletionStage<R> answer, RedisErrors errors) {
        CompletableFuture<R> future = answer.toCompletableFuture();
        try {
            return future.get(Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException("interrupted while waiting for the server", e);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw errors.late(e);
        } catch (CancellationException e) {
            throw errors.late(e);
        } catch (ExecutionException e) {
            throw errors.of(e);
        }
    }
}
