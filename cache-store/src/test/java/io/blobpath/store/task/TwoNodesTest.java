package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.tck.memory.MemoryOptions;
import io.blobpath.tck.memory.MemoryStores;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, each with a queue of its own, that change one store; a test fails if it leaves a lease. */
abstract class TwoNodesTest extends QueueTest {
    @TempDir
    Path folder;

    Shelf shelf;
    BlobPathCache cache;
    BlobPathCache otherCache;
    Updates<Shelf> updates;
    Updates<Shelf> others;
    private TaskQueue otherQueue;

    @BeforeEach
    void openTwoNodes() {
        shelf = new Shelf(folder);
        cache = BlobPathCaches.open(CacheConfig.of(new MemoryOptions(folder.toString())));
        otherCache = BlobPathCaches.open(CacheConfig.of(new MemoryOptions(folder.toString())));
        otherQueue = new TaskQueue(pool, 0, clock);
        updates = new Updates<>(queue, cache.leases(), shelf, UpdateOptions.DEFAULT);
        others = new Updates<>(otherQueue, otherCache.leases(), shelf, UpdateOptions.DEFAULT);
    }

    @AfterEach
    void closeThem() {
        otherQueue.close();
        queue.close();
        assertThat(cache.leases().list(Optional.empty(), 10).leases()).isEmpty();
        cache.close();
        otherCache.close();
        MemoryStores.drop(folder.toString());
    }

    static TaskOptions none() {
        return TaskOptions.DEFAULT;
    }
}
