package io.blobpath.cache.lease;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One lock for each key within this JVM: first come, first served. A key that nobody uses leaves nothing behind, and
 * different keys do not wait for each other.
 *
 * <p>The map holds the ticket of each holder, and the holder's ticket the queue of those who wait. All changes to a queue
 * happen inside {@code compute} for its key, so a lock can be left, handed on and removed without a race.
 */
final class KeyedLocks<K> {
    private final ConcurrentHashMap<K, Ticket<K>> holders = new ConcurrentHashMap<>();

    /**
     * Waits for the lock.
     *
     * @param patience nanoseconds to wait at most
     * @return the ticket, which holds the lock; null if the time is over
     * @throws InterruptedException if the thread was interrupted before or while it waited
     * @throws IllegalStateException if this thread took the lock itself and still holds it
     */
    @Nullable
    Ticket<K> acquire(K key, long patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before waiting for " + key);
        }
        Ticket<K> mine = new Ticket<>(this, key);
        if (holders.putIfAbsent(key, mine) == null) {
            return mine;
        }
        mine.state = Ticket.WAITING;
        holders.compute(key, (k, holder) -> {
            if (holder == null) {
                mine.state = Ticket.HOLDING;
                return mine;
            }
            if (holder.taker == mine.taker) {
                throw new IllegalStateException(
                        "this thread holds the lease '" + key + "' already; leases are not reentrant");
            }
            holder.enqueue(mine);
            return holder;
        });
        boolean holding = false;
        try {
            holding = mine.await(patience);
        } finally {
            if (!holding) {
                mine.close();
            }
        }
        return holding ? mine : null;
    }

    /** Takes the lock if it is free; null if it is not. */
    @Nullable
    Ticket<K> tryAcquire(K key) {
        Ticket<K> mine = new Ticket<>(this, key);
        return holders.putIfAbsent(key, mine) == null ? mine : null;
    }

    /** How many keys are locked. */
    int size() {
        return holders.size();
    }

    private void leave(Ticket<K> mine) {
        holders.computeIfPresent(mine.key, (key, holder) -> {
            if (holder != mine) {
                if (mine.state == Ticket.WAITING) {
                    holder.unlink(mine);
                    mine.state = Ticket.GONE;
                }
                return holder;
            }
            mine.state = Ticket.GONE;
            return mine.handOn();
        });
    }

    /** A caller's place: waiting, holding, or gone. Any thread may close it, any number of times. */
    static final class Ticket<K> implements AutoCloseable {
        private static final int WAITING = 0;
        private static final int HOLDING = 1;
        private static final int GONE = 2;

        private final KeyedLocks<K> locks;
        private final K key;
        private final Thread taker = Thread.currentThread();
        private volatile int state = HOLDING;

        // The queue behind a holder, and the neighbours of one who waits; guarded by compute for the key.
        private @Nullable Ticket<K> first;
        private @Nullable Ticket<K> last;
        private @Nullable Ticket<K> before;
        private @Nullable Ticket<K> behind;

        private Ticket(KeyedLocks<K> locks, K key) {
            this.locks = locks;
            this.key = key;
        }

        /** Leaves the queue, or hands the lock to the next in it. */
        @Override
        public void close() {
            if (state != GONE) {
                locks.leave(this);
            }
        }

        private boolean await(long patience) throws InterruptedException {
            long deadline = System.nanoTime() + patience;
            while (state != HOLDING) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(locks, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while waiting for " + key);
                }
            }
            return true;
        }

        private void enqueue(Ticket<K> ticket) {
            ticket.before = last;
            if (last == null) {
                first = ticket;
            } else {
                last.behind = ticket;
            }
            last = ticket;
        }

        private void unlink(Ticket<K> ticket) {
            if (ticket.before == null) {
                first = ticket.behind;
            } else {
                ticket.before.behind = ticket.behind;
            }
            if (ticket.behind == null) {
                last = ticket.before;
            } else {
                ticket.behind.before = ticket.before;
            }
        }

        private @Nullable Ticket<K> handOn() {
            Ticket<K> next = first;
            if (next == null) {
                return null;
            }
            unlink(next);
            next.first = first;
            next.last = last;
            next.before = null;
            next.behind = null;
            first = null;
            last = null;
            next.state = HOLDING;
            LockSupport.unpark(next.taker);
            return next;
        }
    }
}
