package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.ByteSize;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheFullException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much room records take, and what happens when there is none. */
class LmdbRoomTest {
    @TempDir
    Path directory;

    @Test
    void aFullMapRefusesPutsAndStillRemoves() {
        LmdbOptions options = LmdbOptions.of(directory).withMapSize(ByteSize.parse("1MiB"));

        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.of(options))) {
            long count = fill(cache);
            List<BlobRecord> records = Fixtures.records(0, count);

            assertThat(records).allMatch(record -> cache.contains(record.digest(), record.path()));
            BlobRecord again = records.get(0);
            assertThat(cache.put(again.digest(), again.path()).added()).isFalse();
            assertThat(cache.remove(again.digest(), again.path()).last()).isTrue();
            cache.removeAll(records);
            cache.putAll(records.subList(0, 1000));
            assertThat(cache.info().records()).hasValue(1000);
        }
    }

    @Test
    void aBatchThatFindsNoRoomSaysWhatWasApplied() {
        LmdbOptions options = LmdbOptions.of(directory).withMapSize(ByteSize.parse("1MiB"));

        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.of(options))) {
            List<BlobRecord> records = Fixtures.records(0, 20_000);

            CacheFullException failure = catchThrowableOfType(CacheFullException.class, () -> cache.putAll(records));

            BitSet recorded = new BitSet();
            for (int i = 0; i < records.size(); i++) {
                recorded.set(
                        i,
                        cache.contains(records.get(i).digest(), records.get(i).path()));
            }
            assertThat(recorded.cardinality()).isPositive();
            assertThat(failure.applied()).isEqualTo(recorded);
        }
    }

    @Test
    void aDigestWithAPathTakesLittleDisk() throws Exception {
        int count = 60_000;

        try (BlobPathCache cache = Fixtures.open(directory)) {
            // Small batches, because a transaction leaves about as many free pages behind as it touched.
            for (int from = 0; from < count; from += 200) {
                cache.putAll(Fixtures.records(from, from + 200));
            }
        }

        assertThat(Files.size(directory.resolve("data.mdb")) / count).isLessThanOrEqualTo(200);
    }

    private static long fill(BlobPathCache cache) {
        for (long count = 0; true; count += 100) {
            try {
                cache.putAll(Fixtures.records(count, count + 100));
            } catch (CacheFullException e) {
                assertThat(e).hasMessageContaining("lmdb.mapSize");
                return count;
            }
        }
    }
}
