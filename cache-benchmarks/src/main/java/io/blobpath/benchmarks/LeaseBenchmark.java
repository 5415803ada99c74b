package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.Caches;
import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.benchmarks.peer.Row;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.LeaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A durable put of a new digest, with and without the digest's lease around it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class LeaseBenchmark {
    private long next;
    private Path directory;
    private BlobPathCache cache;

    /** Opens an empty cache. */
    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("blobpath-benchmark");
        cache = Caches.open(directory);
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
        cache.close();
        Folders.delete(directory);
    }

    /** The put alone. */
    @Benchmark
    public Object plainPut() {
        Row row = Row.of(next++);
        return cache.put(row.digest(), row.path());
    }

    /** Acquire, guarded put, release. */
    @Benchmark
    public Object leasedPut() throws Exception {
        Row row = Row.of(next++);
        try (DigestLease lease = cache.leases().acquire(row.digest(), LeaseOptions.DEFAULT)) {
            return lease.put(row.path());
        }
    }
}
