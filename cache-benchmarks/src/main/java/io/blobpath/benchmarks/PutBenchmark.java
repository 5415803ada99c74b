package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.LoadedStore;
import io.blobpath.benchmarks.peer.Peer;
import io.blobpath.benchmarks.peer.Product;
import io.blobpath.benchmarks.peer.Row;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Durable puts of new digests into a store that is full already, one by one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class PutBenchmark {
    /** Whose store. */
    @Param
    public Product product;

    /** How many rows it has at the start. */
    @Param("1000000")
    public int size;

    private final AtomicLong next = new AtomicLong();
    private LoadedStore loaded;
    private Peer peer;

    /** Opens the store. */
    @Setup
    public void open() throws IOException {
        loaded = LoadedStore.forWriting(product, size);
        peer = loaded.open(product);
        next.set(size);
    }

    /** Closes the store. */
    @TearDown
    public void close() throws IOException {
        peer.close();
        loaded.close();
    }

    /** By one thread. */
    @Benchmark
    @Threads(1)
    public void put1() {
        peer.put(Row.of(next.getAndIncrement()));
    }

    /** By sixty-four threads. */
    @Benchmark
    @Threads(64)
    public void put64() {
        peer.put(Row.of(next.getAndIncrement()));
    }
}
