package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules C1 to C3: races whose outcome is known. Random histories are in {@link HistoryRules}. */
abstract sealed class ConcurrencyRules extends OpeningRules permits HistoryRules {
    private static final int THREADS = 8;

    @Test
    @Tag("C1")
    public final void firstPutsThroughOneHandleAgree() throws Exception {
        BlobPathCache cache = open();

        for (int round = 0; round < size().races(); round++) {
            assertFirstPutsAgree(List.of(cache), digest(round));
        }
    }

    @Test
    @Tag("C1")
    public final void firstPutsThroughTwoHandlesAgree() throws Exception {
        List<BlobPathCache> handles = List.of(open(), open());

        for (int round = 0; round < size().races(); round++) {
            assertFirstPutsAgree(handles, digest(round));
        }
    }

    @Test
    @Tag("C1")
    public final void putsOfOnePathAtOnceAddItOnce() throws Exception {
        List<BlobPathCache> handles = List.of(open(), open());

        for (int round = 0; round < size().races(); round++) {
            Digest digest = digest(round);
            List<PutResult> results = Race.run(IntStream.range(0, THREADS)
                    .mapToObj(thread ->
                            (Callable<PutResult>) () -> handles.get(thread % 2).put(digest, path("a")))
                    .toList());

            assertThat(results.stream().filter(PutResult::added))
                    .as("puts told 'added'")
                    .hasSize(1);
            assertPaths(handles.get(0), digest, "a");
        }
    }

    @Test
    @Tag("C2")
    public final void putRacingTheLastRemoveLeavesAWholeEntry() throws Exception {
        List<BlobPathCache> handles = List.of(open(), open());

        for (int round = 0; round < size().races(); round++) {
            Digest digest = digest(round);
            handles.get(0).put(digest, path("old"));
            List<Object> results = Race.run(List.<Callable<Object>>of(
                    () -> handles.get(0).remove(digest, path("old")),
                    () -> handles.get(1).put(digest, path("new"))));

            boolean removedFirst = results.get(0).equals(RemoveResult.lastPath());
            assertThat(results)
                    .as("answers to remove and put")
                    .containsExactly(
                            removedFirst ? RemoveResult.lastPath() : RemoveResult.promoted(path("new")),
                            new PutResult(true, path(removedFirst ? "new" : "old")));
            assertPaths(handles.get(round % 2), digest, "new");
        }
    }

    @Test
    @Tag("C2")
    public final void removingTheCanonicalPathTwiceAtOncePromotesOnce() throws Exception {
        List<BlobPathCache> handles = List.of(open(), open());

        for (int round = 0; round < size().races(); round++) {
            Digest digest = digest(round);
            handles.get(0).putAll(Sample.records(digest, "m", "a", "z"));
            List<RemoveResult> results = Race.run(handles.stream()
                    .map(handle -> (Callable<RemoveResult>) () -> handle.remove(digest, path("m")))
                    .toList());

            assertThat(results).containsExactlyInAnyOrder(RemoveResult.promoted(path("a")), RemoveResult.absent());
            assertPaths(handles.get(0), digest, "a", "z");
        }
    }

    @Test
    @Tag("C2")
    public final void removingEverythingAtOnceLeavesNothing() throws Exception {
        List<BlobPathCache> handles = List.of(open(), open());

        for (int round = 0; round < size().races(); round++) {
            Digest digest = digest(round);
            List<BlobPath> paths = Sample.paths("d", "b", "a", "c");
            handles.get(0).putAll(Sample.records(digest, paths));
            List<RemoveResult> results = Race.run(IntStream.range(0, paths.size())
                    .mapToObj(thread -> (Callable<RemoveResult>)
                            () -> handles.get(thread % 2).remove(digest, paths.get(thread)))
                    .toList());

            assertThat(results).as("removes").allMatch(RemoveResult::removed);
            assertThat(results.stream().filter(RemoveResult::last))
                    .as("removes told 'last'")
                    .hasSize(1);
            assertAbsent(handles.get(1), digest);
        }
    }

    @Test
    @Tag("C2")
    @Tag("slow")
    public final void readersNeverSeePathsWithoutTheCanonicalOne() throws Exception {
        BlobPathCache writer = open();
        BlobPathCache reader = open();
        AtomicBoolean done = new AtomicBoolean();
        writer.put(digest(1), path("a"));
        Callable<Boolean> writes = () -> {
            try {
                for (int round = 0; round < 4 * size().races(); round++) {
                    writer.put(digest(1), path("b"));
                    writer.remove(digest(1), path("a"));
                    writer.put(digest(1), path("a"));
                    writer.remove(digest(1), path("b"));
                }
            } finally {
                done.set(true);
            }
            return true;
        };
        Callable<Boolean> reads = () -> {
            while (!done.get()) {
                assertWhole(reader);
            }
            return true;
        };

        assertThat(Race.run(List.of(writes, reads, reads))).containsOnly(true);
    }

    @Test
    @Tag("C3")
    @Tag("slow")
    public final void manyThreadsShareOneHandle() throws Exception {
        BlobPathCache cache = open();

        assertThreadsShare(cache, 32, Executors.newFixedThreadPool(32));
    }

    @Test
    @Tag("C3")
    @Tag("slow")
    public final void virtualThreadsShareOneHandle() throws Exception {
        Optional<ExecutorService> threads = VirtualThreads.executor();
        Unsupported.unless(threads.isPresent(), "virtual threads: this JVM has none");
        BlobPathCache cache = open();

        assertThreadsShare(cache, 500, threads.orElseThrow());
    }

    private static void assertFirstPutsAgree(List<BlobPathCache> handles, Digest digest) throws Exception {
        List<PutResult> results = Race.run(IntStream.range(0, THREADS)
                .mapToObj(thread -> (Callable<PutResult>)
                        () -> handles.get(thread % handles.size()).put(digest, path("p" + thread)))
                .toList());

        BlobPath canonical = results.get(0).canonical();
        assertThat(results).as("results of first puts at once").containsOnly(new PutResult(true, canonical));
        assertThat(handles.get(0).canonical(digest))
                .as("canonical path, as told to all")
                .contains(canonical);
        assertThat(Entries.paths(handles.get(0), digest, 1000)).as("paths").hasSize(THREADS);
    }

    /** Always one path at least is recorded, so that nothing may ever be seen empty, twice or without its head. */
    private static void assertWhole(BlobPathCache reader) {
        assertThat(reader.canonical(digest(1))).as("canonical path").isPresent();
        assertThat(reader.paths(digest(1), PageRequest.first(10)).paths())
                .as("a page of paths")
                .isIn(Sample.paths("a"), Sample.paths("b"), Sample.paths("a", "b"), Sample.paths("b", "a"));
        assertThat(reader.scan(ScanRequest.first(10).withDuplicates(10)).entries())
                .as("entries of a scan")
                .hasSize(1)
                .extracting(BlobEntry::duplicates)
                .isSubsetOf(List.of(List.of(), Sample.paths("a"), Sample.paths("b")));
    }

    private static void assertThreadsShare(BlobPathCache cache, int count, ExecutorService threads) throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int thread = 0; thread < count; thread++) {
            Digest own = digest(1000 + thread);
            BlobPath path = path("p" + thread);
            tasks.add(() -> {
                cache.put(digest(1), path);
                cache.put(own, path);
                cache.put(own, path("m"));
                cache.remove(own, path);
                return cache.contains(digest(1), path)
                        && cache.canonical(own).equals(Optional.of(path("m")))
                        && cache.paths(own, PageRequest.first(10)).paths().equals(Sample.paths("m"));
            });
        }

        try {
            assertThat(Race.run(tasks, threads))
                    .as("each thread reads what it wrote")
                    .containsOnly(true);
        } finally {
            Race.end(threads);
        }
        assertThat(Entries.paths(cache, digest(1), 1000))
                .as("paths of the shared digest")
                .hasSize(count);
    }
}
