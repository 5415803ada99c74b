package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbWriterTest {
    private static final BlobPath PATH = BlobPath.of("a/b");

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private LmdbEnvironment environment;

    @BeforeEach
    void open() {
        environment = Fixtures.environment(directory);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        Fixtures.release(environment);
    }

    @Test
    void changesThatWaitShareOneTransaction() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Future<?> blocker = block(go);
        List<Future<PutResult>> puts = new ArrayList<>();
        CountDownLatch submitted = new CountDownLatch(64);
        for (int i = 0; i < 64; i++) {
            Digest digest = Fixtures.digest(i);
            puts.add(threads.submit(() -> {
                submitted.countDown();
                return put(digest);
            }));
        }
        submitted.await();
        long before = environment.info().lastTransactionId;

        go.countDown();
        blocker.get();
        for (Future<PutResult> put : puts) {
            assertThat(put.get().added()).isTrue();
        }

        assertThat(environment.info().lastTransactionId - before).isBetween(1L, 10L);
    }

    @Test
    void aChangeThatFailsHalfWayLeavesNothingAndHurtsNobody() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Future<?> blocker = block(go);
        Future<PutResult> good = threads.submit(() -> put(Fixtures.digest(1)));
        Future<PutResult> bad = threads.submit(() -> write(transaction -> {
            new LmdbChanges.Put(Fixtures.digest(2), PATH).apply(transaction);
            throw new CacheFullException("made up");
        }));
        Future<PutResult> buggy = threads.submit(() -> write(transaction -> {
            new LmdbChanges.Put(Fixtures.digest(3), PATH).apply(transaction);
            throw new IllegalStateException("made up");
        }));

        go.countDown();
        blocker.get();

        assertThat(good.get().added()).isTrue();
        assertThatThrownBy(bad::get).hasCauseInstanceOf(CacheFullException.class);
        assertThatThrownBy(buggy::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(isRecorded(1)).isTrue();
        assertThat(isRecorded(2)).isFalse();
        assertThat(isRecorded(3)).isFalse();
    }

    @Test
    void aCallerThatIsInterruptedWithdrawsItsChange() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Future<?> blocker = block(go);
        CountDownLatch started = new CountDownLatch(1);
        Thread[] caller = new Thread[1];
        Future<Boolean> put = threads.submit(() -> {
            caller[0] = Thread.currentThread();
            started.countDown();
            try {
                put(Fixtures.digest(1));
                return false;
            } catch (CacheInterruptedException e) {
                assertThat(e).hasMessageContaining("nothing was changed");
                return Thread.interrupted();
            }
        });
        started.await();

        caller[0].interrupt();

        assertThat(put.get()).as("left with its flag set").isTrue();
        go.countDown();
        blocker.get();
        put(Fixtures.digest(2));
        assertThat(isRecorded(1)).isFalse();
    }

    @Test
    void aCallerLeavesAtItsDeadlineAndSaysWhatBecameOfTheChange() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Future<?> blocker = block(go);
        Duration little = Duration.ofMillis(20);

        assertThatThrownBy(() ->
                        environment.write(little, Deadline.in(little), new LmdbChanges.Put(Fixtures.digest(1), PATH)))
                .isInstanceOf(CacheUnavailableException.class)
                .hasMessageContaining("nothing was changed");
        go.countDown();
        blocker.get();
        put(Fixtures.digest(2));

        assertThat(isRecorded(1)).isFalse();
    }

    @Test
    void whatIsUnderWayWhenTheDeadlinePassesIsUnknown() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Duration little = Duration.ofMillis(20);

        assertThatThrownBy(() -> environment.write(little, Deadline.in(little), transaction -> {
                    awaitQuietly(go);
                    return true;
                }))
                .isInstanceOf(CacheUnavailableException.class)
                .hasMessageContaining("unknown");

        go.countDown();
    }

    @Test
    void closingUnderTrafficLosesNothingThatWasAnswered() throws Exception {
        List<Digest> answered = new ArrayList<>();
        BlobPathCache cache = Fixtures.open(directory);
        CountDownLatch some = new CountDownLatch(100);
        Future<?> traffic = threads.submit(() -> {
            for (int i = 0; true; i++) {
                cache.put(Fixtures.digest(i), PATH);
                answered.add(Fixtures.digest(i));
                some.countDown();
            }
        });
        some.await();

        cache.close();

        assertThatThrownBy(traffic::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        try (BlobPathCache again = Fixtures.open(directory)) {
            assertThat(answered).allMatch(digest -> again.contains(digest, PATH));
        }
    }

    private Future<?> block(CountDownLatch go) throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        Future<?> blocker = threads.submit(() -> write(transaction -> {
            blocked.countDown();
            awaitQuietly(go);
            return true;
        }));
        blocked.await();
        return blocker;
    }

    private PutResult put(Digest digest) {
        return write(new LmdbChanges.Put(digest, PATH));
    }

    private <R> R write(LmdbWriter.Change<R> change) {
        return environment.write(Fixtures.TIMEOUT, Deadline.in(Fixtures.TIMEOUT), change);
    }

    private boolean isRecorded(long number) {
        return environment.read(
                Fixtures.TIMEOUT, snapshot -> LmdbLookups.contains(snapshot, Fixtures.digest(number), PATH));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
