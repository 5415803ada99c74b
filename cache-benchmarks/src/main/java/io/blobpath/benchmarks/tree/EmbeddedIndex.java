package io.blobpath.benchmarks.tree;

import io.blobpath.benchmarks.peer.Caches;
import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.index.IndexOptions;
import io.blobpath.store.index.IndexReport;
import io.blobpath.store.index.Indexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code index} as a registry runs it that embeds the store: in a JVM that has started long ago. In turns with {@code find}. */
final class EmbeddedIndex {
    /** Until the last compiler is done with it. */
    private static final int WARM_UPS = 8;

    private static final int TURNS = 9;

    private final Path tree;
    private final Command find;
    private final Samples samples;

    EmbeddedIndex(Path tree, Command find, Samples samples) {
        this.tree = tree;
        this.find = find;
        this.samples = samples;
    }

    void measure() throws IOException, InterruptedException {
        for (int turn = -WARM_UPS; turn < TURNS; turn++) {
            Path directory = Files.createTempDirectory(tree.getParent(), "cache");
            try (BlobPathCache cache = Caches.open(directory)) {
                double found = find.run().millis();
                double first = millis(cache);
                double again = millis(cache);
                if (turn >= 0) {
                    samples.add("embedded find", found);
                    samples.add("embedded index first", first);
                    samples.add("embedded index again", again);
                }
            } finally {
                Folders.delete(directory);
            }
        }
    }

    private double millis(BlobPathCache cache) {
        long start = System.nanoTime();
        IndexReport report =
                new Indexer(StoreRoot.open(tree), cache, StoreListener.NONE).index(IndexOptions.defaults());
        double millis = (System.nanoTime() - start) / 1e6;
        if (report.added() + report.known() != report.blobs()) {
            throw new IllegalStateException("not all is recorded: " + report);
        }
        return millis;
    }
}
