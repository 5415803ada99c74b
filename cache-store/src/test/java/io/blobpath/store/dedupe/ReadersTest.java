package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.fixture.StoreTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ReadersTest extends StoreTest {
    @Test
    void everyFileIsReadableAtEveryMoment() throws ExecutionException, InterruptedException {
        List<BlobPath> paths = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            paths.add(tree.blob("r" + i % 8, "blob " + i / 8));
        }
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();

        try {
            Future<Integer> rounds = reader.submit(() -> read(paths, done));
            for (int i = 0; i < 5; i++) {
                dedupe();
                undo();
            }
            done.set(true);

            assertThat(rounds.get()).isPositive();
        } finally {
            done.set(true);
            reader.shutdownNow();
        }
        assertThat(tree.broken()).isEmpty();
    }

    private int read(List<BlobPath> paths, AtomicBoolean done) {
        int rounds = 0;
        do {
            for (int i = 0; i < paths.size(); i++) {
                assertThat(tree.content(paths.get(i))).isEqualTo("blob " + i / 8);
            }
            rounds++;
        } while (!done.get());
        return rounds;
    }
}
