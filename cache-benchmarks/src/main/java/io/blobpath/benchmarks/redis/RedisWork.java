package io.blobpath.benchmarks.redis;

import io.blobpath.benchmarks.peer.Row;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.redis.RedisOptions;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** One thread against one server: the driver through its whole stack, and bare Redisson with the same bytes. */
final class RedisWork implements AutoCloseable {
    private static final int LOADED = 10_000;
    static final int BATCH = 1000;

    /** As many as the driver has on their way at once. */
    static final int LARGE = 4000;

    private static final LeaseName NAME = LeaseName.of("benchmark");

    private final BlobPathCache cache;
    private final BareRedis bare;
    private long next = LOADED;
    private int looked;

    /** Connects, and loads as many rows on both sides. */
    RedisWork(String address) throws IOException {
        cache = BlobPathCaches.open(
                CacheConfig.of(RedisOptions.single(address).withPrefix("benchmark:" + UUID.randomUUID())));
        bare = new BareRedis(address);
        List<Row> rows = rows(0, LOADED);
        cache.putAll(records(rows));
        rows.forEach(bare::open);
        rows.forEach(bare::set);
    }

    @Override
    public void close() {
        cache.close();
        bare.close();
    }

    /** A look-up. */
    Object canonical() {
        return cache.canonical(known().digest());
    }

    /** {@code RBucket.get}. */
    Object bareGet() {
        return bare.get(known());
    }

    /** A new record. */
    Object put() {
        Row row = fresh();
        return cache.put(row.digest(), row.path());
    }

    /** {@code RScript.evalSha} of the same script. */
    Object barePut() {
        return bare.put(fresh());
    }

    /** Lock, look, transaction, unlock. */
    Object registryPut() {
        return bare.registryPut(fresh());
    }

    /** A thousand new records. */
    Object putAll() {
        return cache.putAll(records(rows(next(BATCH), BATCH)));
    }

    /** Four thousand new records. */
    Object putMany() {
        return cache.putAll(records(rows(next(LARGE), LARGE)));
    }

    /** A thousand {@code evalSha} in an {@code RBatch}. */
    Object barePutAll() {
        return bare.putAll(rows(next(BATCH), BATCH));
    }

    /** A lease that is free, taken and given back. */
    Object lease() throws Exception {
        try (Lease lease = cache.leases().acquire(NAME, LeaseOptions.DEFAULT)) {
            return lease.fence();
        }
    }

    /** A lock that is free, taken and given back. */
    boolean bareLock() {
        return bare.lockAndUnlock("lock");
    }

    private Row known() {
        looked = (looked + 1) % LOADED;
        return Row.of(looked);
    }

    private Row fresh() {
        return Row.of(next(1));
    }

    private long next(int count) {
        long first = next;
        next += count;
        return first;
    }

    private static List<Row> rows(long from, int count) {
        return LongStream.range(from, from + count).mapToObj(Row::of).toList();
    }

    private static List<BlobRecord> records(List<Row> rows) {
        return rows.stream()
                .map(row -> new BlobRecord(row.digest(), row.path()))
                .toList();
    }
}
