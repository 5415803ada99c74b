package io.blobpath.tck.memory;

import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.tck.FaultControl;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The way to a store, which can be cut: a call then waits until it is mended or its time is over. */
final class MemoryLink implements FaultControl {
    private final String store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean cut;
    private boolean losesReply;

    MemoryLink(String store) {
        this.store = store;
    }

    @Override
    public void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void mend() {
        lock.lock();
        try {
            cut = false;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void loseNextReply() {
        lock.lock();
        try {
            losesReply = true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the store can be reached. */
    void reach(Duration timeout) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (cut) {
                if (left <= 0) {
                    throw new CacheUnavailableException("the store '" + store + "' did not answer within "
                            + timeout.toMillis() + " ms; try again, or give operationTimeout more time");
                }
                left = mended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException("interrupted while waiting for the store '" + store + "'", e);
        } finally {
            lock.unlock();
        }
    }

    /** Passes the answer of a change on, unless it is to be lost. */
    <R> R reply(R answer) {
        lock.lock();
        try {
            if (losesReply) {
                losesReply = false;
                throw new CacheUnavailableException("the reply of the store '" + store + "' was lost; try again");
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }
}
