package io.blobpath.lmdb;

import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/** The rows as one transaction sees them. For one thread at a time. */
sealed class LmdbSnapshot implements AutoCloseable permits LmdbTransaction {
    final Dbi<byte[]> rows;
    final Txn<byte[]> transaction;
    private @Nullable Cursor<byte[]> cursor;

    LmdbSnapshot(Dbi<byte[]> rows, Txn<byte[]> transaction) {
        this.rows = rows;
        this.transaction = transaction;
    }

    final byte @Nullable [] get(byte[] key) {
        return rows.get(transaction, key);
    }

    /** Goes to the first row whose key is not less; false if there is none. */
    final boolean seek(byte[] key) {
        return cursor().get(key, GetOp.MDB_SET_RANGE);
    }

    final boolean next() {
        return cursor().seek(SeekOp.MDB_NEXT);
    }

    /** The key of the row that {@link #seek} or {@link #next} went to. */
    final byte[] key() {
        return cursor().key();
    }

    final byte[] value() {
        return cursor().val();
    }

    /** How many pages the rows occupy. */
    final long pages() {
        Stat stat = rows.stat(transaction);
        return stat.branchPages + stat.leafPages + stat.overflowPages;
    }

    final long countRows() {
        return rows.stat(transaction).entries;
    }

    /** Lets go of the snapshot, so that its pages can be used again, and keeps the place in LMDB's reader table. */
    final void reset() {
        closeCursor();
        transaction.reset();
    }

    /** Takes the newest snapshot. */
    final void renew() {
        transaction.renew();
    }

    @Override
    public void close() {
        closeCursor();
        transaction.close();
    }

    final void closeCursor() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    private Cursor<byte[]> cursor() {
        if (cursor == null) {
            cursor = rows.openCursor(transaction);
        }
        return cursor;
    }
}
