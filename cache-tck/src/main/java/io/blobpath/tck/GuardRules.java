package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static io.blobpath.tck.Sample.paths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules F1 to F3: writes that only the holder of a digest's lease can make. */
abstract sealed class GuardRules extends LeaseRules permits FlightRules {
    private static final LeaseName NAME = LeaseName.of(digest(1));

    @Test
    @Tag("F1")
    public final void theHolderWritesAndIsToldWhatWasDecided() throws Exception {
        BlobPathCache cache = openWithLeases();
        try (DigestLease lease = cache.leases().acquire(digest(1), LeaseOptions.DEFAULT)) {
            assertThat(lease.put(path("m"))).isEqualTo(new PutResult(true, path("m")));
            assertThat(lease.put(path("a"))).isEqualTo(new PutResult(true, path("m")));
            assertThat(lease.put(path("a"))).isEqualTo(new PutResult(false, path("m")));
            assertThat(lease.remove(path("m"))).isEqualTo(RemoveResult.promoted(path("a")));
            assertThat(lease.remove(path("m"))).isEqualTo(RemoveResult.absent());
            assertPaths(cache, digest(1), "a");
            assertThat(lease.remove(path("a"))).isEqualTo(RemoveResult.lastPath());
            assertAbsent(cache, digest(1));
        }
    }

    @Test
    @Tag("F1")
    public final void theStoreRefusesTheWritesOfAnybodyElse() {
        CacheDriver driver = opensDriver();
        LeaseDriver leases = leaseCalls(driver);
        driver.put(digest(1), path("m"));
        driver.put(digest(1), path("a"));
        Claimant stale = new Claimant(leases, NAME);
        stale.gets(Claimant.SHORT);
        new Claimant(leases, NAME).takesOver(Claimant.LONG);

        assertRefused(leases, stale.token());
        assertRefused(leases, OwnerToken.random());

        assertThat(driver.paths(digest(1), Optional.empty(), 10).ascending()).isEqualTo(paths("a", "m"));
        assertThat(driver.canonical(digest(1))).contains(path("m"));
    }

    @Test
    @Tag("F1")
    public final void theStoreRefusesWritesAfterTheRelease() {
        CacheDriver driver = opensDriver();
        LeaseDriver leases = leaseCalls(driver);
        driver.put(digest(1), path("m"));
        driver.put(digest(1), path("a"));
        Claimant holder = new Claimant(leases, NAME);
        holder.gets(Claimant.LONG);
        holder.releases();

        assertRefused(leases, holder.token());

        assertThat(driver.canonical(digest(1))).contains(path("m"));
    }

    @Test
    @Tag("F1")
    public final void theLeaseOfOneDigestIsNoneForAnother() {
        CacheDriver driver = opensDriver();
        LeaseDriver leases = leaseCalls(driver);
        Claimant holder = new Claimant(leases, LeaseName.of(digest(2)));
        holder.gets(Claimant.LONG);

        assertThatThrownBy(() -> leases.put(digest(1), holder.token(), path("a")))
                .isInstanceOf(LeaseLostException.class);

        assertThat(driver.canonical(digest(1))).isEmpty();
    }

    @Test
    @Tag("F1")
    public final void aLeaseThatWasBrokenRefusesItsWritesBeforeItsHolderKnows() throws Exception {
        BlobPathCache cache = openWithLeases();
        BlobPathCache operator = open();
        try (DigestLease lease = cache.leases().acquire(digest(1), LeaseOptions.DEFAULT)) {
            operator.leases().breakLease(NAME, lease.fence());

            assertThatThrownBy(() -> lease.put(path("a")))
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining(digest(1).toString());

            assertThat(lease.isHeld()).isFalse();
        }
        assertAbsent(operator, digest(1));
    }

    @Test
    @Tag("F2")
    public final void theGrantShowsTheEntryAsItIs() throws Exception {
        BlobPathCache cache = openWithLeases();
        BlobPathCache other = open();
        try (DigestLease lease = cache.leases().acquire(digest(1), LeaseOptions.DEFAULT)) {
            assertThat(lease.entry()).isEmpty();
        }
        other.put(digest(1), path("m"));
        other.put(digest(1), path("a"));

        try (DigestLease lease = cache.leases().acquire(digest(1), LeaseOptions.DEFAULT)) {
            assertThat(lease.entry()).contains(new BlobEntry(digest(1), path("m"), List.of(path("a")), true));
        }
    }

    @Test
    @Tag("F2")
    public final void whatTheLastHolderWroteIsSeenByTheNext() throws Exception {
        List<BlobPathCache> handles = List.of(openWithLeases(), openWithLeases());
        LeaseOptions patient = LeaseOptions.DEFAULT.withPatience(Duration.ofSeconds(40));
        Callable<Void> moveOn = () -> {
            for (int n = 0; n < 15; n++) {
                BlobPathCache cache = handles.get(n % 2);
                try (DigestLease lease = cache.leases().acquire(digest(1), patient)) {
                    int last = lease.entry()
                            .map(entry -> Integer.parseInt(entry.canonical().toString()))
                            .orElse(0);
                    BlobPath next = path(Integer.toString(last + 1));
                    lease.put(next);
                    if (last > 0) {
                        lease.remove(path(Integer.toString(last)));
                    }
                }
            }
            return null;
        };

        Race.run(List.of(moveOn, moveOn, moveOn, moveOn));

        assertPaths(handles.get(0), digest(1), "60");
    }

    @Test
    @Tag("F3")
    public final void aRecordedPathIsPromoted() throws Exception {
        BlobPathCache cache = openWithLeases();
        cache.putAll(Sample.records(digest(1), "m", "z", "a"));
        try (DigestLease lease = cache.leases().acquire(digest(1), LeaseOptions.DEFAULT)) {
            assertThat(lease.promote(path("z"))).isTrue();
            assertPaths(cache, digest(1), "z", "a", "m");
            assertThat(lease.promote(path("z"))).isTrue();
            assertPaths(cache, digest(1), "z", "a", "m");
            assertThat(lease.remove(path("m"))).isEqualTo(RemoveResult.duplicate());
        }
        assertPaths(open(), digest(1), "z", "a");
    }

    @Test
    @Tag("F3")
    public final void aPathThatIsNotRecordedIsNotPromoted() throws Exception {
        BlobPathCache cache = openWithLeases();
        cache.put(digest(1), path("m"));
        try (DigestLease lease = cache.leases().acquire(digest(1), LeaseOptions.DEFAULT)) {
            assertThat(lease.promote(path("a"))).isFalse();
        }
        try (DigestLease lease = cache.leases().acquire(digest(2), LeaseOptions.DEFAULT)) {
            assertThat(lease.promote(path("a"))).isFalse();
        }
        assertPaths(cache, digest(1), "m");
        assertAbsent(cache, digest(2));
    }

    private BlobPathCache openWithLeases() {
        needs(Capability.LEASES);
        return open();
    }

    private static void assertRefused(LeaseDriver leases, OwnerToken stranger) {
        assertThatThrownBy(() -> leases.put(digest(1), stranger, path("b")))
                .as("put by a stranger")
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> leases.remove(digest(1), stranger, path("m")))
                .as("remove by a stranger")
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> leases.promote(digest(1), stranger, path("a")))
                .as("promote by a stranger")
                .isInstanceOf(LeaseLostException.class);
    }
}
