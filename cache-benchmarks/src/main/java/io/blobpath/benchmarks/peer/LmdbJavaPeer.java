package io.blobpath.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/** Bare lmdbjava with arrays: one transaction for each reader, renewed for each get; one synced commit for each put. */
final class LmdbJavaPeer implements Peer {
    private static final long MAP_SIZE = 64L << 30;

    private final Env<byte[]> env;
    private final Dbi<byte[]> rows;

    LmdbJavaPeer(Path directory) {
        env = Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(MAP_SIZE)
                .setMaxReaders(128)
                .open(directory.toFile(), EnvFlags.MDB_NOTLS);
        rows = env.openDbi((byte[]) null);
    }

    @Override
    public Reader reader() {
        Txn<byte[]> transaction = env.txnRead();
        transaction.reset();
        return new Reader() {
            @Override
            public Object get(Lookup lookup) {
                transaction.renew();
                byte[] value = rows.get(transaction, lookup.key());
                transaction.reset();
                if (value == null) {
                    throw new NoSuchElementException();
                }
                return value;
            }

            @Override
            public void close() {
                transaction.renew();
                transaction.close();
            }
        };
    }

    @Override
    public void put(Row row) {
        try (Txn<byte[]> transaction = env.txnWrite()) {
            rows.put(transaction, row.key(), row.value());
            transaction.commit();
        }
    }

    @Override
    public void putAll(List<Row> added) {
        try (Txn<byte[]> transaction = env.txnWrite()) {
            for (Row row : added) {
                rows.put(transaction, row.key(), row.value());
            }
            transaction.commit();
        }
    }

    @Override
    public long scan() {
        long bytes = 0;
        try (Txn<byte[]> transaction = env.txnRead();
                Cursor<byte[]> cursor = rows.openCursor(transaction)) {
            for (boolean row = cursor.first(); row; row = cursor.seek(SeekOp.MDB_NEXT)) {
                bytes += cursor.val().length;
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        env.close();
    }
}
