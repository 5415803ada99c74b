package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Finding;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LmdbFitnessTest {
    @TempDir
    Path directory;

    @Test
    void aNewCacheHasNothingToMend() {
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.of(LmdbOptions.of(directory)))) {
            assertThat(cache.findings()).isEmpty();
        }
    }

    @Test
    void whatIsNearlyUsedUpIsTold() {
        assertThat(LmdbFitness.findings(new LmdbFitness.Facts(directory, 81, 100, 1700, 2048, 17, true)))
                .extracting(Finding::text)
                .satisfiesExactly(
                        map -> assertThat(map).contains("uses 81 of the 100 pages", "set a larger lmdb.mapSize"),
                        readers -> assertThat(readers).contains("has 1700 of 2048 readers"),
                        writer -> assertThat(writer).contains("process 17, which is stopped", "kill -CONT 17"),
                        disk -> assertThat(disk).contains("disk that is full"));
        assertThat(LmdbFitness.findings(new LmdbFitness.Facts(directory, 80, 100, 1, 2048, 0, false)))
                .isEmpty();
    }

    @Test
    void aProcessThatIsStoppedIsKnown() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "kill -STOP $$").start();
        try {
            while (!LmdbFitness.isStopped(process.pid())) {
                assertThat(process.isAlive()).isTrue();
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(LmdbFitness.isStopped(process.pid())).isFalse();
        assertThat(LmdbFitness.isStopped(ProcessHandle.current().pid())).isFalse();
    }
}
