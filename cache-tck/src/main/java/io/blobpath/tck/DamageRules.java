package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.ScanRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule E6: what is seen when a record rots in the backend. */
abstract sealed class DamageRules extends ErrorRules permits LeaseCallRules {
    @Test
    @Tag("E6")
    public final void aDamagedRecordIsNeverAnsweredFrom() {
        needs(Capability.DAMAGE);
        BlobPathCache cache = open();
        cache.put(digest(1), path("some/path"));
        store().damage(digest(1));

        assertCorrupted("canonical", () -> cache.canonical(digest(1)));
        assertCorrupted("paths", () -> cache.paths(digest(1), PageRequest.first(10)));
        assertCorrupted("scan", () -> cache.scan(ScanRequest.first(10)));
    }

    @Test
    @Tag("E6")
    public final void aDamagedRecordLeavesOthersAlone() {
        needs(Capability.DAMAGE);
        BlobPathCache cache = open();
        cache.put(digest(1), path("damaged"));
        cache.put(digest(2), path("sound"));
        store().damage(digest(1));

        assertThat(cache.canonical(digest(2))).contains(path("sound"));
        assertThat(cache.put(digest(3), path("new")).added()).isTrue();
        assertThat(cache.canonical(digest(3))).contains(path("new"));
    }

    private static void assertCorrupted(String call, ThrowingCallable body) {
        assertThatThrownBy(body).as("%s of a damaged record", call).isInstanceOf(CacheCorruptedException.class);
    }
}
