package io.blobpath.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore, which commits and syncs for each put or batch; its background writer is off. */
final class MvStorePeer implements Peer {
    private static final int CACHE_MEGABYTES = 256;

    private final MVStore store;
    private final MVMap<byte[], byte[]> rows;

    MvStorePeer(Path directory) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("rows.mv").toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
        store.setRetentionTime(0);
        rows = store.openMap(
                "rows",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    public Reader reader() {
        return new Reader() {
            @Override
            public Object get(Lookup lookup) {
                byte[] value = rows.get(lookup.key());
                if (value == null) {
                    throw new NoSuchElementException();
                }
                return value;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void put(Row row) {
        rows.put(row.key(), row.value());
        commit();
    }

    @Override
    public void putAll(List<Row> added) {
        for (Row row : added) {
            rows.put(row.key(), row.value());
        }
        commit();
    }

    @Override
    public long scan() {
        long bytes = 0;
        Cursor<byte[], byte[]> cursor = rows.cursor(null);
        while (cursor.hasNext()) {
            bytes += cursor.next().length > 0 ? cursor.getValue().length : 0;
        }
        return bytes;
    }

    @Override
    public void close() {
        store.close();
    }

    private void commit() {
        store.commit();
        store.sync();
    }
}
