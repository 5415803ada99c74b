package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceSetTest {
    private static final Resource BASE = Resource.of("repo/library/base");

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "a/*", "*", "digest/x", "task/1/gc"})
    void refusesWhatIsNoId(String id) {
        assertThatThrownBy(() -> Resource.of(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + id + "'");
    }

    @Test
    void noResourcesMustBeSaid() {
        assertThatThrownBy(() -> ResourceSet.exclusive(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ResourceSet.none()");
        assertThat(ResourceSet.none()).hasToString("nothing");
    }

    @Test
    void tellsWhatItHas() {
        ResourceSet set =
                ResourceSet.exclusive(BASE).and(ResourceSet.sharedBelow("repo")).and(ResourceSet.shared(BASE));

        assertThat(set).hasToString("repo/* (shared), repo/library/base");
        assertThat(set).isEqualTo(ResourceSet.sharedBelow("repo").and(ResourceSet.exclusive(BASE)));
        assertThat(ResourceSet.everything()).hasToString("*");
    }

    @Test
    void aDigestIsTheLeaseThatGuardsItsRecords() {
        Digest digest = Digest.parse("sha256:" + "a".repeat(64));

        assertThat(Resource.of(digest).lease()).isEqualTo(LeaseName.of(digest));
        assertThat(BASE.lease()).isEqualTo(LeaseName.of("repo/library/base"));
    }

    @Test
    void sharingAllAndChangingSomethingIsBoth() {
        assertThat(LockMode.SHARED.and(LockMode.INTENT_EXCLUSIVE)).isEqualTo(LockMode.SHARED_INTENT_EXCLUSIVE);
        assertThat(LockMode.INTENT_EXCLUSIVE.and(LockMode.SHARED)).isEqualTo(LockMode.SHARED_INTENT_EXCLUSIVE);
        for (LockMode one : LockMode.values()) {
            for (LockMode other : LockMode.values()) {
                assertThat(one.conflicts().contains(other))
                        .isEqualTo(other.conflicts().contains(one));
            }
        }
    }
}
