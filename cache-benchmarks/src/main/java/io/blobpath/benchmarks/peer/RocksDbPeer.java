package io.blobpath.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB with a cache that holds all rows, a Bloom filter, no compression, and a synced log. */
final class RocksDbPeer implements Peer {
    private static final long CACHE_BYTES = 256L << 20;
    private static final double BITS_PER_KEY = 10;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache = new LRUCache(CACHE_BYTES);
    private final Filter filter = new BloomFilter(BITS_PER_KEY);
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setTableFormatConfig(
                    new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB rows;

    RocksDbPeer(Path directory) {
        rows = checked(() -> RocksDB.open(options, directory.toString()));
    }

    private interface Call<R> {
        R call() throws RocksDBException;
    }

    @Override
    public Reader reader() {
        return new Reader() {
            @Override
            public Object get(Lookup lookup) {
                byte[] value = checked(() -> rows.get(lookup.key()));
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
        try {
            rows.put(synced, row.key(), row.value());
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void putAll(List<Row> added) {
        try (WriteBatch batch = new WriteBatch()) {
            for (Row row : added) {
                batch.put(row.key(), row.value());
            }
            rows.write(synced, batch);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long scan() {
        long bytes = 0;
        try (RocksIterator iterator = rows.newIterator()) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                bytes += iterator.key().length > 0 ? iterator.value().length : 0;
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        rows.close();
        synced.close();
        options.close();
        filter.close();
        cache.close();
    }

    private static <R> R checked(Call<R> call) {
        try {
            return call.call();
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }
}
