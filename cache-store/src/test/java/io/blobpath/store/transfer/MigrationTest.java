package io.blobpath.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.lmdb.LmdbOptions;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the driver in memory to that of one host. */
final class MigrationTest extends StoreTest {
    private static final int DIGESTS = 1500;

    @TempDir
    Path directory;

    private BlobPathCache target;
    private Path progress;

    @BeforeEach
    void fill() {
        target = BlobPathCaches.open(CacheConfig.of(LmdbOptions.of(directory.resolve("cache"))));
        progress = directory.resolve("progress.json");
        for (int i = 0; i < DIGESTS; i++) {
            Digest digest = Tree.digest("blob " + i);
            cache.put(digest, Tree.path("z", digest));
            cache.put(digest, Tree.path("a", digest));
        }
    }

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void comparingChangesNothing() throws IOException {
        MigrationReport report = migrate(MigrationOptions.defaults());

        assertThat(report.records()).isEqualTo(2 * DIGESTS);
        assertThat(report.missing()).isEqualTo(2 * DIGESTS);
        assertThat(report.isComplete()).isFalse();
        assertThat(target.info().records()).hasValue(0);
    }

    @Test
    void everyRecordIsCopiedAndCanonicalPathsStaySo() throws IOException {
        MigrationReport report = migrate(copying());

        assertThat(report)
                .isEqualTo(new MigrationReport(true, false, DIGESTS, 2 * DIGESTS, 2 * DIGESTS, 0, 0, 0, 0, 0));
        Digest digest = Tree.digest("blob 7");
        assertThat(target.paths(digest, PageRequest.first(10)).paths())
                .containsExactly(Tree.path("z", digest), Tree.path("a", digest));
    }

    @Test
    void anotherCanonicalPathIsMadeThatOfTheSource() throws IOException {
        Digest half = Tree.digest("blob 7");
        target.put(half, Tree.path("a", half));

        MigrationReport report = migrate(copying());

        assertThat(report.known()).isEqualTo(1);
        assertThat(report.added()).isEqualTo(2 * DIGESTS - 1);
        assertThat(report.promoted()).isEqualTo(1);
        assertThat(report.isComplete()).isTrue();
        assertThat(migrate(copying()).added()).isZero();
    }

    @Test
    void aRunThatWasStoppedGoesOnWhereTheProgressFileSays() throws IOException {
        MigrationOptions options = copying().withProgress(progress);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new Migration(cache, target, stoppingAfter(2500)).run(options));
        long copied = target.info().records().orElseThrow();

        MigrationReport report = migrate(options);

        assertThat(copied).isBetween(1L, 2L * DIGESTS - 1);
        assertThat(report.resumed()).isTrue();
        assertThat(report.added()).isEqualTo(2 * DIGESTS - copied);
        assertThat(report.known()).as("what was copied is not looked at again").isLessThan(1100);
        assertThat(report.isComplete()).isTrue();
        assertThat(progress).doesNotExist();
    }

    @Test
    void theProgressOfOtherCachesIsRefused() throws IOException {
        Files.writeString(
                progress, "{\"format\":\"blobpath-migration-1\",\"from\":\"x\",\"to\":\"y\",\"token\":\"t\"}");

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> migrate(copying().withProgress(progress)))
                .withMessageContaining("from store \"x\" to store \"y\"; name another file");
        assertThat(target.info().records()).hasValue(0);
    }

    @Test
    void whatOnlyTheTargetHasIsToldAndStays() throws IOException {
        Digest digest = Tree.digest("blob 7");
        BlobPath other = Tree.path("other", digest);
        migrate(copying());
        target.put(digest, other);

        assertThat(migrate(copying()).surplus()).isEqualTo(1);
        assertThat(target.contains(digest, other)).isTrue();
    }

    private static MigrationOptions copying() {
        return MigrationOptions.defaults().withApply(true);
    }

    private static StoreListener stoppingAfter(long records) {
        AtomicLong copied = new AtomicLong();
        return new StoreListener() {
            @Override
            public void advanced(StorePhase phase, long items, long bytes) {
                if (copied.addAndGet(items) > records) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
    }

    private MigrationReport migrate(MigrationOptions options) throws IOException {
        return new Migration(cache, target, StoreListener.NONE).run(options);
    }
}
