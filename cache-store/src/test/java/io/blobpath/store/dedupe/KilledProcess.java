package io.blobpath.store.dedupe;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.tck.memory.MemoryOptions;
import java.nio.file.Path;

/** The process that {@link KillTest} kills: dedupes and undoes for ever, and writes one byte before each file operation. */
final class KilledProcess {
    private KilledProcess() {}

    public static void main(String[] args) {
        ForwardingFiles telling = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) {
                System.out.write('.');
                if (System.out.checkError()) {
                    throw new IllegalStateException("the test is gone, so nobody will kill this process");
                }
            }
        };
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.of(new MemoryOptions("killed")))) {
            Deduplicator deduplicator =
                    new Deduplicator(StoreRoot.open(Path.of(args[0]), telling), cache, StoreListener.NONE);
            DedupeOptions applied = DedupeOptions.defaults().withApply(true).withThreads(2);
            while (true) {
                deduplicator.dedupe(applied);
                deduplicator.undo(applied);
            }
        }
    }
}
