package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.LoadedStore;
import io.blobpath.benchmarks.peer.Peer;
import io.blobpath.benchmarks.peer.Product;
import io.blobpath.benchmarks.peer.Row;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Durable puts of many new digests at once into a store that is full already; counted in rows. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class BatchBenchmark {
    private static final int SMALL = 1000;
    private static final int LARGE = 4096;

    /** A store, and the rows that come next. */
    @State(Scope.Benchmark)
    public static class Store {
        /** Whose. */
        @Param
        public Product product;

        /** How many rows it has at the start. */
        @Param("1000000")
        public int size;

        /** Whether the rows of a batch come in the order of their digests. */
        @Param({"false", "true"})
        public boolean sorted;

        private LoadedStore loaded;
        private Peer peer;
        private long next;

        /** Opens it. */
        @Setup
        public void open() throws IOException {
            loaded = LoadedStore.forWriting(product, size);
            peer = loaded.open(product);
            next = size;
        }

        /** Closes it. */
        @TearDown
        public void close() throws IOException {
            peer.close();
            loaded.close();
        }

        private List<Row> rows(int count) {
            Stream<Row> rows = LongStream.range(next, next + count).mapToObj(Row::of);
            next += count;
            return (sorted ? rows.sorted(Comparator.comparing(Row::digest)) : rows).toList();
        }
    }

    /** A thousand rows. */
    @State(Scope.Benchmark)
    public static class Small {
        private List<Row> rows = List.of();

        /** Makes them, which is not measured. */
        @Setup(Level.Invocation)
        public void make(Store store) {
            rows = store.rows(SMALL);
        }
    }

    /** Four thousand rows. */
    @State(Scope.Benchmark)
    public static class Large {
        private List<Row> rows = List.of();

        /** Makes them, which is not measured. */
        @Setup(Level.Invocation)
        public void make(Store store) {
            rows = store.rows(LARGE);
        }
    }

    /** As small as a request. */
    @Benchmark
    @OperationsPerInvocation(SMALL)
    public void batch1k(Store store, Small small) {
        store.peer.putAll(small.rows);
    }

    /** As large as a transaction of ours. */
    @Benchmark
    @OperationsPerInvocation(LARGE)
    public void batch4k(Store store, Large large) {
        store.peer.putAll(large.rows);
    }
}
