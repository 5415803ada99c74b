package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.StoreTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A store whose collector lives two days later, so that all that was published is old. */
abstract class GcFixture extends StoreTest {
    static final RepositoryName A = new RepositoryName("a");
    static final RepositoryName B = new RepositoryName("b");
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

    final BlobStore store() {
        return BlobStore.open(root(), cache);
    }

    /** The store as it is when the collector works: what is asked for here is young. */
    final BlobStore later() {
        return BlobStore.open(root(), cache, BlobStoreOptions.defaults(), LATER);
    }

    final GarbageCollector collector() {
        return collector(FileOperations.system(), Pace.SYSTEM);
    }

    final GarbageCollector collector(FileOperations files, Pace.Timer timer) {
        return collector(files, timer, cache);
    }

    final GarbageCollector collector(FileOperations files, Pace.Timer timer, BlobPathCache records) {
        StoreRoot opened = StoreRoot.open(tree.root(), files);
        return new GarbageCollector(opened, records, BlobStoreOptions.defaults(), StoreListener.NONE, LATER, timer);
    }

    final GcReport collect() throws IOException {
        return collect(GcOptions.defaults().withApply(true));
    }

    final GcReport collect(GcOptions options) throws IOException {
        return collector().collect(options);
    }

    /** What is aside. */
    final List<Path> aside() {
        return below(tree.root().resolve(".blobpath/aside"));
    }

    /** All files of the store. */
    final List<Path> files() {
        return below(tree.root());
    }

    private static List<Path> below(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
