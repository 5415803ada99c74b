package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.Row;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each operation of any driver that is on the class path, with the store that a config names. Every round adds rows to that store,
 * and removes none.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 2)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class DriverBenchmark {
    private static final int BATCH = 1000;
    private static final int LOADED = 10_000;

    /** The file that names the driver and its store. */
    @Param("blobpath.json")
    public String config;

    private final AtomicLong next = new AtomicLong();
    private final List<Row> loaded = new ArrayList<>();
    private BlobPathCache cache;

    /** Opens the store and records some rows of this run. */
    @Setup
    public void open() {
        cache = BlobPathCaches.open(CacheConfig.load(Path.of(config)));
        next.set(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 8));
        for (int i = 0; i < LOADED / BATCH; i++) {
            List<Row> rows = rows();
            loaded.addAll(rows);
            cache.putAll(records(rows));
        }
    }

    /** Closes the store. */
    @TearDown
    public void close() {
        cache.close();
    }

    /** The canonical path of a digest that is recorded. */
    @Benchmark
    public Object canonical() {
        return cache.canonical(any().digest());
    }

    /** Whether a path is recorded that is. */
    @Benchmark
    public boolean contains() {
        Row row = any();
        return cache.contains(row.digest(), row.path());
    }

    /** A new digest, by one thread. */
    @Benchmark
    public Object put1() {
        return put();
    }

    /** New digests, by sixty-four threads. */
    @Benchmark
    @Threads(64)
    public Object put64() {
        return put();
    }

    /** A new digest, and away with it: two operations. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Object putAndRemove() {
        Row row = Row.of(next.getAndIncrement());
        cache.put(row.digest(), row.path());
        return cache.remove(row.digest(), row.path());
    }

    /** New digests, a thousand a call; counted in rows. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object putAll() {
        return cache.putAll(records(rows()));
    }

    /** A thousand digests with their paths; counted in digests. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public ScanPage scan() {
        return cache.scan(ScanRequest.first(BATCH));
    }

    /** A lease that nobody else wants: acquire and release. */
    @Benchmark
    public long lease() throws Exception {
        LeaseName name = LeaseName.of("benchmark-" + next.getAndIncrement());
        try (Lease lease = cache.leases().acquire(name, LeaseOptions.DEFAULT)) {
            return lease.fence();
        }
    }

    private Object put() {
        Row row = Row.of(next.getAndIncrement());
        return cache.put(row.digest(), row.path());
    }

    private Row any() {
        return loaded.get(ThreadLocalRandom.current().nextInt(loaded.size()));
    }

    private List<Row> rows() {
        long first = next.getAndAdd(BATCH);
        return LongStream.range(first, first + BATCH).mapToObj(Row::of).toList();
    }

    private static List<BlobRecord> records(List<Row> rows) {
        return rows.stream()
                .map(row -> new BlobRecord(row.digest(), row.path()))
                .toList();
    }
}
