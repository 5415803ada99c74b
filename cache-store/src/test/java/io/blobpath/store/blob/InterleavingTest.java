package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import io.blobpath.store.fixture.MemoryFiles;
import io.blobpath.tck.memory.MemoryOptions;
import io.blobpath.tck.memory.MemoryStores;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real store and collector on several nodes, in random interleavings of their calls to the file system and to the cache,
 * where processes die between any two calls, leases end under their holders, time passes and the cache is wiped. A run is given
 * by its seed.
 */
final class InterleavingTest {
    private static final int NODES = 3;
    private static final int RUNS = Integer.getInteger("blobpath.interleavings", 10_000);
    private static final long SEED = Long.getLong("blobpath.seed", System.nanoTime());

    /** What is wrong with the file system, to show that the runs would tell. */
    private enum Flaw {
        /** The doors of others stay open. */
        DOORS_STAY("delete") {
            @Override
            @Nullable
            Object call(FileOperations files, Call call) throws Throwable {
                return call.file().startsWith(DOORS) ? null : call.make();
            }
        },
        /** Whoever asks for a blob does not make it young. */
        NOTHING_BECOMES_YOUNG("setModified") {
            @Override
            @Nullable
            Object call(FileOperations files, Call call) {
                return null;
            }
        },
        /** A collector that looks at what it has put aside always finds it old. */
        NO_LOOK_ASIDE("stat") {
            @Override
            @Nullable
            Object call(FileOperations files, Call call) throws Throwable {
                Object made = call.make();
                return made instanceof FileState state && call.file().startsWith(ASIDE) ? old(state) : made;
            }
        };

        private static final Path DOORS = Path.of("/store/.blobpath/doors");
        private static final Path ASIDE = Path.of("/store/.blobpath/aside");

        private final String method;

        Flaw(String method) {
            this.method = method;
        }

        abstract @Nullable Object call(FileOperations files, Call call) throws Throwable;

        FileOperations in(FileOperations files) {
            return (FileOperations) Proxy.newProxyInstance(
                    Flaw.class.getClassLoader(), new Class<?>[] {FileOperations.class}, (proxy, called, values) -> {
                        Call call = new Call((Path) values[0], () -> called.invoke(files, values));
                        return called.getName().equals(method) ? call(files, call) : call.make();
                    });
        }

        private static FileState old(FileState state) {
            return new FileState(
                    state.key(),
                    state.mode(),
                    state.size(),
                    state.links(),
                    state.user(),
                    state.group(),
                    FileTime.fromMillis(0),
                    state.changed());
        }
    }

    private interface Body {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private record Call(Path file, Body body) {
        @Nullable
        Object make() throws Throwable {
            try {
                return body.run();
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** Nodes with a cache of their own, so that runs on several processors do not meet. */
    private static final class Lane implements AutoCloseable {
        private final String name;
        private final List<BlobPathCache> nodes = new ArrayList<>();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final MemoryFiles beginning;

        Lane(String name) throws IOException {
            this.name = name;
            for (int i = 0; i < NODES; i++) {
                nodes.add(BlobPathCaches.open(CacheConfig.of(new MemoryOptions(name))));
            }
            beginning = World.beginning(nodes.get(0));
        }

        void run(long seed, UnaryOperator<FileOperations> flaw)
                throws IOException, InterruptedException, ExecutionException {
            new World(seed, nodes, beginning, flaw).run(threads);
        }

        @Override
        public void close() {
            threads.shutdownNow();
            nodes.forEach(BlobPathCache::close);
            MemoryStores.drop(name);
        }
    }

    @Test
    void everyVisibleManifestIsCompleteAndNoAcknowledgedChangeIsLost() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        AtomicInteger next = new AtomicInteger();
        ExecutorService lanes = Executors.newFixedThreadPool(processors);
        try {
            List<Future<Integer>> ends = new ArrayList<>();
            for (int i = 0; i < processors; i++) {
                String name = "interleavings-" + i;
                ends.add(lanes.submit(() -> runAll(name, next)));
            }
            int runs = 0;
            for (Future<Integer> end : ends) {
                runs += end.get();
            }
            assertThat(runs).isEqualTo(RUNS);
        } finally {
            lanes.shutdownNow();
        }
        System.out.printf("%,d interleavings from seed %d%n", RUNS, SEED);
    }

    /** Takes one after the other; how many there were. */
    private static int runAll(String name, AtomicInteger next) throws Exception {
        int runs = 0;
        try (Lane lane = new Lane(name)) {
            for (int i = next.getAndIncrement(); i < RUNS; i = next.getAndIncrement()) {
                run(lane, SEED + i);
                runs++;
            }
        }
        return runs;
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void aFlawIsFound(Flaw flaw) throws Exception {
        int runs = 0;
        Optional<Throwable> found = Optional.empty();
        try (Lane lane = new Lane("flaw")) {
            while (found.isEmpty() && runs < 20_000) {
                found = failure(lane, SEED + runs++, flaw);
            }
        }

        assertThat(found).as("%s in %d runs from seed %d", flaw, runs, SEED).isPresent();
        System.out.printf("%s found by run %,d from seed %d: %s%n", flaw, runs, SEED, found.get());
    }

    private static Optional<Throwable> failure(Lane lane, long seed, Flaw flaw)
            throws IOException, InterruptedException {
        try {
            lane.run(seed, flaw::in);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (AssertionError | RuntimeException e) {
            // The store itself may be the one that notices, when everything is read at the end.
            return Optional.of(e);
        }
    }

    private static void run(Lane lane, long seed) throws IOException, InterruptedException {
        try {
            lane.run(seed, UnaryOperator.identity());
        } catch (ExecutionException | AssertionError | RuntimeException e) {
            throw new AssertionError("run it again with -Dblobpath.seed=" + seed, e);
        }
    }
}
