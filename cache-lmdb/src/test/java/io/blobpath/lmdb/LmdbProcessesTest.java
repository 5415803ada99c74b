package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.tck.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one directory, and processes that end badly. */
class LmdbProcessesTest {
    private static final int CYCLES = 20;

    @TempDir
    Path directory;

    @Test
    void twoProcessesWriteAtOnce() throws Exception {
        try (ChildJvm child = ChildMain.start("put", directory, "0", "500");
                BlobPathCache cache = Fixtures.open(directory)) {
            for (long number = 1000; number < 1500; number++) {
                Digest digest = Fixtures.digest(number);
                cache.put(digest, Fixtures.path(digest));
            }

            assertThat(child.readAll()).hasSize(500);
            assertThat(child.exitCode()).isZero();
            assertThat(missing(cache, 0, 500)).isZero();
            assertThat(cache.info().records()).hasValue(1000);
        }
    }

    @Test
    void twoFirstOpensMakeOneStamp() throws Exception {
        try (ChildJvm one = ChildMain.start("open", directory);
                ChildJvm two = ChildMain.start("open", directory)) {
            String stamp = one.readLine();

            assertThat(stamp).startsWith("opened ").isEqualTo(two.readLine());
        }
    }

    /** It wrote the page of the file before, over what those had written who came in meanwhile. */
    @Test
    void whoWaitsToComeInWritesNothing() throws Exception {
        try (ChildJvm first = ChildMain.start("gate", directory)) {
            assertThat(first.readLine()).isEqualTo("in the gate true");
            FutureTask<Boolean> second = new FutureTask<>(() -> {
                Fixtures.open(directory).close();
                return true;
            });
            Thread thread = new Thread(second);
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }

            assertThat(directory.resolve("blobpath.lock")).isEmptyFile();
            first.endInput();
            assertThat(second.get()).isTrue();
        }
    }

    @Test
    void nothingAnsweredIsLostWhenTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long answered = 0;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            try (ChildJvm child = ChildMain.start("put", directory, Long.toString(answered), "1000000")) {
                long until = answered + 1 + random.nextInt(300);
                while (answered < until) {
                    String line = child.readLine();
                    assertThat(line).as("cycle %d, seed %d", cycle, seed).isEqualTo(Long.toString(answered));
                    answered++;
                }
                child.kill();
                // What it had printed before it died was answered as well.
                answered += child.readAll().size();
            }
            try (BlobPathCache cache = Fixtures.open(directory)) {
                assertThat(missing(cache, 0, answered))
                        .as("cycle %d, seed %d", cycle, seed)
                        .isZero();
                long records = cache.info().records().orElseThrow();
                assertThat(records)
                        .as("one put may have been under way; cycle %d, seed %d", cycle, seed)
                        .isBetween(answered, answered + 1);
                assertThat(directory.toFile().list()).noneMatch(name -> name.contains("damaged"));
            }
        }
    }

    @Test
    void aStoppedWriterElsewhereIsATimeoutHereAndReadsGoOn() throws Exception {
        Digest digest = Fixtures.digest(1);
        try (BlobPathCache cache = BlobPathCaches.open(
                        CacheConfig.of(LmdbOptions.of(directory)).withOperationTimeout(Duration.ofMillis(300)));
                ChildJvm child = ChildMain.start("hold", directory)) {
            assertThat(child.readLine()).isEqualTo("holding");
            child.signal("STOP");

            assertThatThrownBy(() -> cache.put(digest, Fixtures.path(digest)))
                    .isInstanceOf(CacheUnavailableException.class)
                    .hasMessageContaining("nothing was changed")
                    .hasMessageContaining("process " + child.pid());
            assertThat(cache.canonical(digest)).isEmpty();

            child.signal("CONT");
            child.endInput();
            assertThat(child.exitCode()).isZero();
            try (BlobPathCache patient = Fixtures.open(directory)) {
                assertThat(patient.put(digest, Fixtures.path(digest)).added()).isTrue();
            }
        }
    }

    @Test
    void closingDoesNotHangBehindAStoppedWriterElsewhere() throws Exception {
        try (ChildJvm child = ChildMain.start("hold", directory)) {
            assertThat(child.readLine()).isEqualTo("holding");
            Digest digest = Fixtures.digest(1);
            BlobPathCache cache = BlobPathCaches.open(
                    CacheConfig.of(LmdbOptions.of(directory)).withOperationTimeout(Duration.ofMillis(300)));
            assertThatThrownBy(() -> cache.put(digest, Fixtures.path(digest)))
                    .isInstanceOf(CacheUnavailableException.class);

            assertThatThrownBy(cache::close)
                    .isInstanceOf(CacheUnavailableException.class)
                    .hasMessageContaining("stay open");

            child.kill();
        }
    }

    @Test
    void aKilledWriterElsewhereDoesNotBlock() throws Exception {
        try (BlobPathCache cache = Fixtures.open(directory);
                ChildJvm child = ChildMain.start("hold", directory)) {
            assertThat(child.readLine()).isEqualTo("holding");

            child.kill();

            Digest digest = Fixtures.digest(1);
            assertThat(cache.put(digest, Fixtures.path(digest)).added()).isTrue();
        }
    }

    @Test
    void aFullDiskIsAnErrorThatLosesNothing() throws Exception {
        // A small file system that only the child sees; user namespaces need no privilege where they are allowed.
        List<String> own = List.of("unshare", "--user", "--map-root-user", "--mount", "bash", "-c");
        assumeTrue(
                ChildMain.succeeds(own, "mount -t tmpfs -o size=2m none " + directory), "no tmpfs can be mounted here");
        List<String> limited = new ArrayList<>(own);
        limited.add("mount -t tmpfs -o size=2m,mode=700 none " + directory + " && exec \"$0\" \"$@\"");
        try (ChildJvm child = ChildMain.start(limited, "fill", directory)) {
            assertThat(child.readAll()).containsExactly("full", "kept", "room again");
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    void afterAFailedSyncNothingMoreIsWrittenAndNothingAnsweredIsLost() throws Exception {
        List<String> failing = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:error=EIO:when=20");
        assumeTrue(ChildMain.succeeds(List.of("bash", "-c"), "command -v strace"), "there is no strace");
        assumeTrue(ChildMain.succeeds(failing, "true"), "strace is not allowed here");
        try (ChildJvm child = ChildMain.start(failing, "fail", directory)) {
            String answered = String.valueOf(child.readLine());

            assertThat(answered).startsWith("answered ");
            assertThat(child.readLine()).contains("leaves doubt about the disk");
            assertThat(child.exitCode()).isZero();
            try (BlobPathCache cache = Fixtures.open(directory)) {
                long count = Long.parseLong(answered.substring("answered ".length()));
                assertThat(count).isPositive();
                assertThat(missing(cache, 0, count)).isZero();
            }
        }
    }

    private static long missing(BlobPathCache cache, long from, long to) {
        return Fixtures.records(from, to).stream()
                .filter(record -> !cache.contains(record.digest(), record.path()))
                .count();
    }
}
