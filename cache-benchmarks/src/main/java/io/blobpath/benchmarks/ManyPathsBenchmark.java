package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.benchmarks.peer.Row;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.lmdb.LmdbOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One digest with few or many paths: what each operation on it costs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ManyPathsBenchmark {
    /** Few enough for the time that one call has, on a busy machine too. */
    private static final int PAGE = 5000;

    /** A cache with that digest. */
    @State(Scope.Benchmark)
    public static class Store {
        /** How many paths it has. */
        @Param({"10", "100000"})
        public int paths;

        private final Digest digest = Row.of(0).digest();
        private Path directory;
        private BlobPathCache cache;
        private BlobPath last;
        private BlobPath absent;

        /** Opens it. */
        @Setup
        public void open() throws IOException {
            directory = Files.createTempDirectory("blobpath-benchmark");
            cache = BlobPathCaches.open(CacheConfig.of(LmdbOptions.of(directory)));
            List<BlobRecord> records = IntStream.range(0, paths)
                    .mapToObj(number -> new BlobRecord(digest, path(number)))
                    .toList();
            for (int from = 0; from < paths; from += PAGE) {
                cache.putAll(records.subList(from, Math.min(paths, from + PAGE)));
            }
            last = path(paths - 1);
            absent = path(paths);
        }

        /** Closes it. */
        @TearDown
        public void close() throws IOException {
            cache.close();
            Folders.delete(directory);
        }

        private BlobPath path(int number) {
            return BlobPath.of("library/image-%06d/blobs/sha256/%s".formatted(number, digest.hex()));
        }
    }

    /** Takes away what was put. */
    @State(Scope.Benchmark)
    public static class Put {
        /** After each put. */
        @TearDown(Level.Invocation)
        public void undo(Store store) {
            store.cache.remove(store.digest, store.absent);
        }
    }

    /** Puts back what was removed. */
    @State(Scope.Benchmark)
    public static class Remove {
        private BlobPath path;

        /** The last duplicate. */
        @Setup
        public void choose(Store store) {
            path = store.last;
        }

        /** After each removal. */
        @TearDown(Level.Invocation)
        public void undo(Store store) {
            store.cache.put(store.digest, path);
        }
    }

    /** Puts back what was removed, and finds who took its place. */
    @State(Scope.Benchmark)
    public static class Promote {
        private BlobPath path;

        /** The canonical path of the moment. */
        @Setup(Level.Invocation)
        public void choose(Store store) {
            path = store.cache.canonical(store.digest).orElseThrow();
        }

        /** After each removal. */
        @TearDown(Level.Invocation)
        public void undo(Store store) {
            store.cache.put(store.digest, path);
        }
    }

    /** A path that is there. */
    @Benchmark
    public boolean contains(Store store) {
        return store.cache.contains(store.digest, store.last);
    }

    /** A new path. */
    @Benchmark
    public Object put(Store store, Put undone) {
        return store.cache.put(store.digest, store.absent);
    }

    /** A duplicate. */
    @Benchmark
    public Object remove(Store store, Remove undone) {
        return store.cache.remove(store.digest, undone.path);
    }

    /** The canonical path, so that another one is promoted. */
    @Benchmark
    public Object removeCanonical(Store store, Promote undone) {
        return store.cache.remove(store.digest, undone.path);
    }
}
