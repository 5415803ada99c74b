package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.blob.BlobStoreOptions;
import io.blobpath.store.blob.GarbageCollector;
import io.blobpath.store.blob.GcOptions;
import io.blobpath.store.blob.StoreVerifier;
import io.blobpath.store.blob.VerifyOptions;
import io.blobpath.store.dedupe.DedupeOptions;
import io.blobpath.store.dedupe.DedupeReport;
import io.blobpath.store.dedupe.Deduplicator;
import io.blobpath.store.fixture.Latches;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.index.IndexOptions;
import io.blobpath.store.index.Indexer;
import io.blobpath.store.index.Rebuild;
import io.blobpath.store.transfer.Migration;
import io.blobpath.store.transfer.MigrationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The long work of a store as tasks. */
final class StoreTasksTest extends StoreTest {
    private static final ResourceSet FILES = ResourceSet.exclusive(Resource.of("files"));
    private static final DedupeOptions APPLY = DedupeOptions.defaults().withApply(true);

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final TaskQueue queue = new TaskQueue(pool);
    private StoreTasks tasks;

    private record Kind(String name, StoreTasks.Work<Object> work) {}

    @BeforeEach
    void makeCopies() {
        tree.blob("a", "the same");
        tree.blob("b", "the same");
        tasks = new StoreTasks(queue, cache.leases());
    }

    @AfterEach
    void closeThem() throws InterruptedException {
        queue.close();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(cache.leases().list(Optional.empty(), 10).leases()).isEmpty();
    }

    @Test
    void eachKindOfLongWorkIsSeenByOtherNodesAndTellsHowFarItIs() throws Exception {
        List<Kind> kinds = List.of(
                new Kind("dedupe", told -> new Deduplicator(root(), cache, told).dedupe(APPLY)),
                new Kind("undo", told -> new Deduplicator(root(), cache, told).undo(APPLY)),
                new Kind("index", told -> new Indexer(root(), cache, told).index(IndexOptions.defaults())),
                new Kind(
                        "gc",
                        told -> new GarbageCollector(root(), cache, BlobStoreOptions.defaults(), told)
                                .collect(GcOptions.defaults())),
                new Kind("verify", told -> new StoreVerifier(root(), cache, told).verify(VerifyOptions.defaults())),
                new Kind("rebuild", told -> new Rebuild(root(), cache, told).run(true)),
                new Kind(
                        "migrate",
                        told -> new Migration(cache, cache, told).run(new MigrationOptions(true, Optional.empty()))));
        try (BlobPathCache otherNode = anotherCache()) {
            for (Kind kind : kinds) {
                Onlooker onlooker = new Onlooker(otherNode);

                Task<Object> task = tasks.submit(kind.name(), FILES, onlooker, kind.work());
                task.await();

                assertThat(onlooker.seen).as(kind.name()).containsOnly(kind.name());
                assertThat(task.snapshot().progress()).as(kind.name()).isPositive();
            }
        }
    }

    @Test
    void theSecondRunWaitsInsteadOfFindingTheStoreBusy() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        StoreListener slow = new StoreListener() {
            @Override
            public void started(StorePhase phase, OptionalLong expected) {
                began.countDown();
                Latches.await(goOn);
            }
        };
        Task<DedupeReport> first =
                tasks.submit("dedupe", FILES, slow, told -> new Deduplicator(root(), cache, told).dedupe(APPLY));
        began.await();

        Task<DedupeReport> second = tasks.submit(
                "dedupe again", FILES, StoreListener.NONE, told -> new Deduplicator(root(), cache, told).dedupe(APPLY));

        assertThat(second.snapshot().waitsFor()).hasValue(first.toString());
        assertThatThrownBy(() -> tasks.run(
                        "without resources",
                        ResourceSet.none(),
                        StoreListener.NONE,
                        told -> new Deduplicator(root(), cache, told).dedupe(APPLY)))
                .isInstanceOf(StoreBusyException.class);
        goOn.countDown();
        assertThat(first.await().linked()).isEqualTo(1);
        assertThat(second.await().linked()).isZero();
    }

    /** Whenever a phase begins, asks another node what runs. */
    private static final class Onlooker implements StoreListener {
        private final BlobPathCache node;
        private final List<String> seen = new ArrayList<>();

        Onlooker(BlobPathCache node) {
            this.node = node;
        }

        @Override
        public void started(StorePhase phase, OptionalLong expected) {
            new TaskAnnouncer(node.leases()).running().forEach(task -> seen.add(task.name()));
        }
    }
}
