package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blobpath.cache.spi.OpenContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckedCacheTest {
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, new byte[32]);
    private static final BlobPath PATH = BlobPath.of("a");

    @Test
    void aFailureIsToldWhereItHappened() {
        BlobPathCache cache = checked(new Failing());

        CacheUnavailableException failure =
                catchThrowableOfType(CacheUnavailableException.class, () -> cache.put(DIGEST, PATH));

        assertThat(failure).hasMessage("fake: put " + DIGEST + " failed: no answer");
        assertThat(failure.driver()).contains("fake");
        assertThat(failure.operation()).contains("put");
        assertThat(failure.digest()).contains(DIGEST);
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void aBatchThatFailedTellsWhatIsApplied() {
        BlobPathCache cache = checked(new Failing());
        List<BlobRecord> batch = List.of(
                new BlobRecord(DIGEST, BlobPath.of("good")),
                new BlobRecord(DIGEST, PATH),
                new BlobRecord(DIGEST, PATH));

        CacheUnavailableException failure =
                catchThrowableOfType(CacheUnavailableException.class, () -> cache.putAll(batch));

        assertThat(failure).hasMessage("fake: putAll failed: no answer");
        assertThat(failure.applied().stream()).containsExactly(0);
    }

    @Test
    void aFailureOfCloseIsToldOnce() {
        BlobPathCache cache = checked(new Failing());

        assertThatThrownBy(cache::close).hasMessage("fake: close failed: no answer");
        cache.close();
    }

    @Test
    void theTextNamesTheDriverOnly() {
        assertThat(checked(new FakeDriver())).hasToString("BlobPathCache[fake]");
    }

    private static BlobPathCache checked(FakeDriver driver) {
        return BlobPathCaches.wrap("fake", driver, new OpenContext(Optional.empty(), Duration.ofSeconds(1)));
    }

    private static final class Failing extends FakeDriver {
        @Override
        public PutResult put(Digest digest, BlobPath path) {
            if (path.equals(PATH)) {
                throw new CacheUnavailableException("no answer");
            }
            return super.put(digest, path);
        }

        @Override
        public void close() {
            throw new CacheUnavailableException("no answer");
        }
    }
}
