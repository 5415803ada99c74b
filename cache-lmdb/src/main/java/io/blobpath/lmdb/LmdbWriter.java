package io.blobpath.lmdb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;

/**
 * The one thread of an environment that writes. Changes that wait are committed together, in one synced transaction; each
 * caller is answered after the commit that holds its change.
 *
 * <p>It is a platform thread because LMDB's write lock belongs to an operating system's thread. If another process holds
 * that lock, this thread waits for it without end, and nobody else does: callers leave at their deadline.
 */
final class LmdbWriter {
    /** A change inside a write transaction. It must change nothing if it throws one of our exceptions, as far as it can. */
    @FunctionalInterface
    interface Change<R> {
        /** Applies it; may run again in another transaction if the first one was not committed. */
        R apply(LmdbTransaction transaction);
    }

    /** What the writer needs of its environment. */
    interface Target {
        /** Begins a write transaction, which waits for other processes. */
        LmdbTransaction begin();

        /** The transaction is over. */
        void ended();

        /** What an error means for a caller. */
        BlobPathCacheException translate(LmdbException e);

        /** Who may hold the lock, for a message; may be empty. */
        String lockHolder();

        /** Gives everything back; the writer has ended. */
        void close();
    }

    private static final int MOST_AT_ONCE = 1024;
    private static final long SPIN_NANOS = 200_000;

    private final Target target;
    private final ConcurrentLinkedQueue<LmdbRequest<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger callers = new AtomicInteger();
    private final Thread thread;
    private volatile boolean parked;
    private volatile boolean stopping;
    private volatile @Nullable LmdbException suspect;
    private volatile long commitNanos;

    LmdbWriter(String name, Target target) {
        this.target = target;
        this.thread = new Thread(this::work, "blobpath-lmdb-writer " + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Applies the change and waits for its commit. */
    <R> R run(Change<R> change, Duration timeout, Deadline deadline) {
        LmdbRequest<R> request = new LmdbRequest<>(change);
        int others = callers.getAndIncrement();
        try {
            queue.add(request);
            if (parked) {
                LockSupport.unpark(thread);
            }
            // Sleeping costs as much as a quick disk does; beside a slow one it is nothing, and others need the
            // processor.
            boolean spin = others == 0 && commitNanos < SPIN_NANOS;
            return request.await(timeout, deadline, spin ? SPIN_NANOS : 0, target::lockHolder);
        } finally {
            callers.getAndDecrement();
        }
    }

    /** Lets the writer end when its queue is empty, and waits so long; false if it still waits for another process. */
    boolean stop(Deadline deadline) {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && deadline.left() > 0) {
            try {
                thread.join(Math.max(1, deadline.left() / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void work() {
        try {
            while (!stopping || !queue.isEmpty()) {
                if (queue.isEmpty()) {
                    pause();
                } else {
                    commitWaiting();
                }
            }
        } finally {
            target.close();
        }
    }

    /** Waits for work: awake for a moment, because the next change of a busy caller comes at once, then parked. */
    private void pause() {
        long end = System.nanoTime() + SPIN_NANOS / 4;
        while (queue.isEmpty() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        parked = true;
        while (queue.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        parked = false;
    }

    private void commitWaiting() {
        // The lock first: what waits for it can still be withdrawn.
        LmdbTransaction transaction;
        try {
            transaction = begin();
        } catch (RuntimeException | Error e) {
            failAll(take(), e);
            return;
        }
        List<LmdbRequest<?>> batch = take();
        long start = System.nanoTime();
        boolean committed = commit(batch, transaction);
        commitNanos = System.nanoTime() - start;
        if (committed) {
            batch.forEach(LmdbRequest::finish);
        } else {
            // One of them spoiled the transaction; alone, each gets its own answer.
            for (LmdbRequest<?> request : batch) {
                commitAlone(request);
                request.finish();
            }
        }
    }

    private void commitAlone(LmdbRequest<?> request) {
        try {
            commit(List.of(request), begin());
        } catch (RuntimeException | Error e) {
            request.fail(translated(e));
        }
    }

    /** Whether each request has its answer; if not, nothing was changed. */
    private boolean commit(List<LmdbRequest<?>> batch, LmdbTransaction transaction) {
        try (transaction) {
            for (LmdbRequest<?> request : batch) {
                int before = transaction.changes();
                try {
                    request.apply(transaction);
                } catch (BlobPathCacheException e) {
                    if (transaction.changes() != before) {
                        throw e;
                    }
                    request.fail(e);
                }
            }
            transaction.commit();
            return true;
        } catch (LmdbException e) {
            BlobPathCacheException translated = target.translate(e);
            if (LmdbErrors.isSuspect(e) && !(translated instanceof CacheFullException)) {
                suspect = e;
            }
            return answeredAlone(batch, translated);
        } catch (RuntimeException | Error e) {
            return answeredAlone(batch, e);
        } finally {
            target.ended();
        }
    }

    private static boolean answeredAlone(List<LmdbRequest<?>> batch, Throwable e) {
        if (batch.size() != 1) {
            return false;
        }
        batch.get(0).fail(e);
        return true;
    }

    private LmdbTransaction begin() {
        LmdbException failed = suspect;
        if (failed != null) {
            throw new CacheUnavailableException(
                    "an earlier write failed in a way that leaves doubt about the disk: " + failed.getMessage()
                            + "; close the cache in every process, check the disk, and open it again",
                    failed);
        }
        return target.begin();
    }

    private List<LmdbRequest<?>> take() {
        List<LmdbRequest<?>> batch = new ArrayList<>();
        for (LmdbRequest<?> next = queue.poll(); next != null; next = queue.poll()) {
            if (next.take()) {
                batch.add(next);
            }
            if (batch.size() == MOST_AT_ONCE) {
                break;
            }
        }
        return batch;
    }

    private void failAll(List<LmdbRequest<?>> batch, Throwable e) {
        for (LmdbRequest<?> request : batch) {
            request.fail(translated(e));
            request.finish();
        }
    }

    private Throwable translated(Throwable e) {
        return e instanceof LmdbException vendor ? target.translate(vendor) : e;
    }
}
