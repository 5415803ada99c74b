package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.LoadedStore;
import io.blobpath.benchmarks.peer.Peer;
import io.blobpath.benchmarks.peer.Product;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** All digests with their paths; the time of one whole scan. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ScanBenchmark {
    /** Whose store. */
    @Param
    public Product product;

    /** How many rows it has. */
    @Param("1000000")
    public int size;

    private LoadedStore loaded;
    private Peer peer;

    /** Opens the store. */
    @Setup
    public void open() throws IOException {
        loaded = LoadedStore.forReading(product, size);
        peer = loaded.open(product);
    }

    /** Closes the store. */
    @TearDown
    public void close() throws IOException {
        peer.close();
        loaded.close();
    }

    /** Reads all. */
    @Benchmark
    public long scan() {
        return peer.scan();
    }
}
