package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreListener;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.index.Rebuild;
import io.blobpath.store.walk.RecordScan;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records are lost and made anew while others push and collect. */
final class RebuildOnlineTest extends StoreTest {
    private static final int ROUNDS = 20;
    private static final RepositoryName GARBAGE = new RepositoryName("garbage");

    @Test
    @Timeout(60)
    void theRecordsAreThoseOfTheDiskWhenAllHaveEnded() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (BlobPathCache pushing = anotherCache();
                BlobPathCache collecting = anotherCache()) {
            CountDownLatch begin = new CountDownLatch(1);
            Future<Object> pusher = threads.submit(after(begin, round -> {
                BlobStore store = BlobStore.open(root(), pushing);
                Images.image(store, new RepositoryName("r" + round % 3), "1.0", "layer " + round);
                Digest garbage = Images.blob(store, GARBAGE, "garbage " + round);
                Files.setLastModifiedTime(
                        root().path().resolve("garbage/blobs/sha256").resolve(garbage.hex()),
                        FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            }));
            Future<Object> collector = threads.submit(after(begin, round -> {
                new GarbageCollector(root(), collecting, BlobStoreOptions.defaults(), StoreListener.NONE)
                        .collect(GcOptions.defaults()
                                .withApply(true)
                                .withGrace(Duration.ofHours(1)) // Uploads that are under way stay.
                                .withRepositories(List.of(GARBAGE)));
                new RecordScan(collecting).forEach((entry, path) -> collecting.remove(entry.digest(), path));
            }));

            begin.countDown();
            while (!pusher.isDone() || !collector.isDone()) {
                new Rebuild(root(), cache, StoreListener.NONE).run(true);
            }
            pusher.get();
            collector.get();
            new Rebuild(root(), cache, StoreListener.NONE).run(true);

            assertThat(new Rebuild(root(), cache, StoreListener.NONE).run(false).differences())
                    .isEmpty();
            assertThat(new StoreVerifier(root(), cache, StoreListener.NONE)
                            .verify(VerifyOptions.defaults())
                            .problems()
                            .named())
                    .isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Step {
        void run(int round) throws Exception;
    }

    private static Callable<Object> after(CountDownLatch begin, Step step) {
        return () -> {
            begin.await();
            for (int round = 0; round < ROUNDS; round++) {
                step.run(round);
            }
            return ROUNDS;
        };
    }
}
