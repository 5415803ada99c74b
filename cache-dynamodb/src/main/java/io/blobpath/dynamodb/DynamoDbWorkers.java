package io.blobpath.dynamodb;

import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The threads that talk to DynamoDB. A read of a socket cannot be interrupted; a caller that waits for a thread can, and needs
 * no thread of its own kind, so virtual threads are welcome.
 */
final class DynamoDbWorkers implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** A worker keeps the deadline by itself; this is how much later its caller stops to trust it. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;
    private final Duration operationTimeout;

    DynamoDbWorkers(int most, Duration operationTimeout) {
        this.threads = new ThreadPoolExecutor(
                most, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "blobpath-dynamodb-" + NUMBER.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.operationTimeout = operationTimeout;
    }

    /** Does it in another thread and waits for it, at most the operation timeout from now. */
    <R> R call(Function<Deadline, R> operation) {
        Deadline deadline = deadline();
        Future<R> future = threads.submit(() -> operation.apply(deadline));
        try {
            return future.get(deadline.left() + GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new CacheUnavailableException(
                    "DynamoDB did not answer in time; check endpoint, region and network, or raise operationTimeout",
                    e);
        } finally {
            future.cancel(true);
        }
    }

    /** Starts something that keeps its deadlines by itself. */
    <R> Future<R> start(Callable<R> operation) {
        return threads.submit(operation);
    }

    /** The operation timeout from now. */
    Deadline deadline() {
        return Deadline.in(operationTimeout);
    }

    /** Waits for what was started. */
    static <R> R join(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static CacheInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CacheInterruptedException("interrupted while waiting for DynamoDB", e);
    }

    private static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
}
