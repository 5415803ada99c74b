package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.LoadedStore;
import io.blobpath.benchmarks.peer.Lookup;
import io.blobpath.benchmarks.peer.Peer;
import io.blobpath.benchmarks.peer.Product;
import java.io.IOException;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
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
import org.openjdk.jmh.annotations.Threads;

/** The path of a digest, chosen at random among all. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class LookupBenchmark {
    /** A store that is full. */
    @State(Scope.Benchmark)
    public static class Store {
        /** Whose. */
        @Param
        public Product product;

        /** How many rows. */
        @Param("1000000")
        public int size;

        private LoadedStore loaded;
        private Peer peer;
        private Lookup[] lookups;
        private final Queue<Peer.Reader> readers = new ConcurrentLinkedQueue<>();

        /** Opens it. */
        @Setup
        public void open() throws IOException {
            loaded = LoadedStore.forReading(product, size);
            peer = loaded.open(product);
            lookups = new Lookup[size];
            for (int row = 0; row < size; row++) {
                lookups[row] = Lookup.of(row);
            }
        }

        /** Closes it, the threads' readers first: JMH ends the threads' states later. */
        @TearDown
        public void close() throws IOException {
            readers.forEach(Peer.Reader::close);
            peer.close();
            loaded.close();
        }
    }

    /** What each thread has. */
    @State(Scope.Thread)
    public static class Looker {
        private final SplittableRandom random = new SplittableRandom();
        private Peer.Reader reader;

        /** Opens it. */
        @Setup
        public void open(Store store) {
            reader = store.peer.reader();
            store.readers.add(reader);
        }

        private Object get(Store store) {
            return reader.get(store.lookups[random.nextInt(store.lookups.length)]);
        }
    }

    /** By one thread. */
    @Benchmark
    @Threads(1)
    public Object get1(Store store, Looker looker) {
        return looker.get(store);
    }

    /** By two threads. */
    @Benchmark
    @Threads(2)
    public Object get2(Store store, Looker looker) {
        return looker.get(store);
    }
}
