package io.blobpath.lmdb;

import io.blobpath.cache.CacheFullException;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * A write transaction. Begins, is used and ends on the writer's thread: LMDB's lock belongs to the operating system's
 * thread, and a commit elsewhere would leave it locked for every process.
 */
final class LmdbTransaction extends LmdbSnapshot {
    private final long pageLimit;
    private final boolean room;
    private int changes;

    LmdbTransaction(Dbi<byte[]> rows, Txn<byte[]> transaction, long pageLimit) {
        super(rows, transaction);
        this.pageLimit = pageLimit;
        this.room = pages() < pageLimit;
    }

    /** How often something was changed; what fails at the same count as it began left nothing behind. */
    int changes() {
        return changes;
    }

    /** Adds the row, or answers the value of the one that has the key already. */
    byte @Nullable [] add(byte[] key, byte[] value) {
        if (!room) {
            byte[] existing = get(key);
            if (existing == null) {
                throw full();
            }
            return existing;
        }
        if (rows.put(transaction, key, value, PutFlags.MDB_NOOVERWRITE)) {
            changes++;
            return null;
        }
        return transaction.val();
    }

    void replace(byte[] key, byte[] value) {
        rows.put(transaction, key, value);
        changes++;
    }

    boolean delete(byte[] key) {
        boolean deleted = rows.delete(transaction, key);
        if (deleted) {
            changes++;
        }
        return deleted;
    }

    void commit() {
        closeCursor();
        transaction.commit();
    }

    private CacheFullException full() {
        return new CacheFullException("the records occupy all " + pageLimit
                + " pages of lmdb.mapSize; close every process that has the cache open and set a larger one, or remove"
                + " records");
    }
}
