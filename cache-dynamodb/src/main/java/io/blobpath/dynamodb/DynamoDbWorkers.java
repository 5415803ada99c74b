package io.blobpath.dynamodb;

import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The threads that talk to DynamoDB. A read of a socket cannot be interrupted; a caller that waits for a thread can, and needs
 * no thread of its own kind, so virtual threads are welcome. Batches have threads of their own, so that long ones keep no single
 * operation waiting.
 */
final class DynamoDbWorkers implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** A worker keeps the deadline by itself; this is how much later its caller stops to trust it. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ExecutorService threads;
    private final ExecutorService batchThreads;
    private final Doubts doubts = new Doubts();
    private final Duration operationTimeout;

    DynamoDbWorkers(int most, int mostOfBatches, Duration operationTimeout) {
        this.threads = pool(most);
        this.batchThreads = pool(mostOfBatches);
        this.operationTimeout = operationTimeout;
    }

    /** Does it in another thread and waits for it, at most the operation timeout from now. It ends if the caller leaves. */
    <R> R call(Function<Deadline, R> operation) {
        Deadline deadline = deadline();
        Future<R> future = start(() -> operation.apply(deadline));
        try {
            return await(future, deadline);
        } finally {
            future.cancel(true);
        }
    }

    /** The same for a change of a digest, which goes on if its caller leaves. */
    <R> R change(Collection<Digest> digests, Function<Deadline, R> operation) {
        Deadline deadline = deadline();
        settle(digests, deadline);
        CompletableFuture<R> change = CompletableFuture.supplyAsync(() -> operation.apply(deadline), threads);
        try {
            return await(change, deadline);
        } finally {
            leave(digests, change);
        }
    }

    /** Starts something that keeps its deadline by itself. */
    <R> Future<R> start(Supplier<R> operation) {
        return threads.submit(operation::get);
    }

    /** Starts a part of a batch, which keeps its deadlines by itself. */
    CompletableFuture<Void> startPart(Runnable part) {
        return CompletableFuture.runAsync(part, batchThreads);
    }

    /** Waits until no change of the digests is in doubt. */
    void settle(Collection<Digest> digests, Deadline deadline) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CacheInterruptedException("interrupted before DynamoDB was asked");
        }
        doubts.about(digests).forEach(change -> await(change.handle((done, failure) -> ""), deadline));
    }

    /** Notes that the caller does not wait for the change any more. */
    void leave(Collection<Digest> digests, CompletableFuture<?> change) {
        if (!change.isDone()) {
            doubts.add(digests, change);
        }
    }

    /** The operation timeout from now. */
    Deadline deadline() {
        return Deadline.in(operationTimeout);
    }

    /** Waits for what was started, as long as it takes. */
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
        batchThreads.shutdownNow();
    }

    private static <R> R await(Future<R> future, Deadline deadline) {
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
        }
    }

    private static ThreadPoolExecutor pool(int most) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "blobpath-dynamodb-" + NUMBER.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
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
