package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseRenewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules K1 to K11 for the single calls of a driver: what the store answers, without the shared core. */
abstract sealed class LeaseCallRules extends DamageRules permits LeaseRules {
    private static final LeaseName NAME = LeaseName.of("repository/library/alpine");

    @Test
    @Tag("K1")
    public final void aHeldLeaseIsNotGrantedToAnother() {
        Claimant first = new Claimant(leaseCalls(), NAME);
        Claimant second = new Claimant(leaseCalls(), NAME);
        long fence = first.gets(Claimant.LONG).fence();

        LeaseAttempt attempt = second.tries(Claimant.LONG);

        assertThat(attempt).isInstanceOf(LeaseAttempt.Held.class);
        LeaseState by = ((LeaseAttempt.Held) attempt).by();
        assertThat(by.fence()).as("fence of the holder").isEqualTo(fence);
        assertThat(by.holder()).as("words of the holder").isEqualTo("the kit");
        assertThat(by.lease()).as("lease of the holder").isEqualTo(Claimant.LONG);
    }

    @Test
    @Tag("K1")
    public final void aReleasedLeaseIsFreeAtOnce() {
        Claimant first = new Claimant(leaseCalls(), NAME);
        first.gets(Claimant.LONG);

        assertThat(first.releases()).isTrue();

        new Claimant(leaseCalls(), NAME).gets(Claimant.LONG);
    }

    @Test
    @Tag("K3")
    public final void aLeaseThatNobodyRenewsEnds() {
        new Claimant(leaseCalls(), NAME).gets(Claimant.SHORT);

        new Claimant(leaseCalls(), NAME).takesOver(Claimant.LONG);
    }

    @Test
    @Tag("K4")
    public final void anExpiredHolderNeitherReleasesNorExtendsTheNextOne() {
        LeaseDriver driver = leaseCalls();
        Claimant first = new Claimant(driver, NAME);
        first.gets(Claimant.SHORT);
        long fence = new Claimant(leaseCalls(), NAME).takesOver(Claimant.LONG).fence();

        assertThat(first.renews(Claimant.LONG))
                .as("renewal by the first holder")
                .isFalse();
        assertThat(first.releases()).as("release by the first holder").isFalse();

        assertThat(driver.peek(NAME).map(LeaseState::fence))
                .as("holder afterwards")
                .contains(fence);
    }

    @Test
    @Tag("K4")
    public final void breakingNeedsTheFenceOfTheHolder() {
        LeaseDriver driver = leaseCalls();
        long fence = new Claimant(driver, NAME).gets(Claimant.LONG).fence();

        assertThat(driver.breakLease(NAME, fence - 1))
                .as("break with another fence")
                .isFalse();
        assertThat(driver.peek(NAME)).isPresent();
        assertThat(driver.breakLease(NAME, fence)).as("break with its fence").isTrue();

        assertThat(driver.peek(NAME)).isEmpty();
        new Claimant(driver, NAME).gets(Claimant.LONG);
    }

    @Test
    @Tag("K5")
    public final void aRenewedLeaseOutlivesItsFirstTime() {
        Claimant holder = new Claimant(leaseCalls(), NAME);
        Claimant other = new Claimant(leaseCalls(), NAME);
        holder.gets(Claimant.SHORT);
        assertThat(holder.renews(Claimant.LONG)).isTrue();
        long end = System.nanoTime() + Claimant.SHORT.multipliedBy(2).toNanos();

        while (System.nanoTime() < end) {
            assertThat(other.tries(Claimant.LONG)).isInstanceOf(LeaseAttempt.Held.class);
        }
    }

    @Test
    @Tag("K5")
    public final void aRenewalDoesNotReviveAReleasedLease() {
        LeaseDriver driver = leaseCalls();
        Claimant holder = new Claimant(driver, NAME);
        holder.gets(Claimant.LONG);
        holder.releases();

        assertThat(holder.renews(Claimant.LONG)).isFalse();

        assertThat(driver.peek(NAME)).isEmpty();
    }

    @Test
    @Tag("K5")
    public final void aRenewalTellsTheProgressAndChangesTheVersion() {
        LeaseDriver driver = leaseCalls();
        Claimant holder = new Claimant(driver, NAME);
        holder.gets(Claimant.LONG);
        String before = driver.peek(NAME).orElseThrow().version();

        driver.renew(List.of(new LeaseRenewal(NAME, holder.token(), Claimant.LONG, 4096)));

        LeaseState after = driver.peek(NAME).orElseThrow();
        assertThat(after.progress()).isEqualTo(4096);
        assertThat(after.version()).isNotEqualTo(before);
    }

    @Test
    @Tag("K6")
    public final void theSameTokenGetsTheSameGrant() {
        Claimant holder = new Claimant(leaseCalls(), NAME);
        long fence = holder.gets(Claimant.LONG).fence();

        assertThat(holder.gets(Claimant.LONG).fence()).isEqualTo(fence);
    }

    @Test
    @Tag("K6")
    public final void aGrantWhoseReplyWasLostIsGrantedAgain() {
        needs(Capability.LOST_REPLY);
        LeaseDriver driver = leaseCalls();
        Claimant holder = new Claimant(driver, NAME);

        store().faults().loseNextReply();
        assertThatThrownBy(() -> holder.tries(Claimant.LONG)).isInstanceOf(BlobPathCacheException.class);
        long granted = driver.peek(NAME).orElseThrow().fence();

        assertThat(holder.gets(Claimant.LONG).fence()).isEqualTo(granted);
    }

    @Test
    @Tag("K7")
    public final void fencesRiseOverReleaseAndExpiry() {
        LeaseDriver driver = leaseCalls();
        List<Long> fences = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            Claimant holder = new Claimant(driver, NAME);
            fences.add(holder.gets(Claimant.LONG).fence());
            holder.releases();
        }
        fences.add(new Claimant(driver, NAME).gets(Claimant.SHORT).fence());
        fences.add(new Claimant(driver, NAME).takesOver(Claimant.LONG).fence());

        assertThat(new TreeSet<>(fences)).as("distinct fences").hasSameSizeAs(fences);
        assertThat(fences).isSorted();
    }

    @Test
    @Tag("K7")
    public final void fencesRiseOverRestartAndWipe() {
        long first = fenceOfANewHandle();
        long afterRestart = fenceOfANewHandle();

        store().wipe();

        assertThat(afterRestart).as("fence after a restart").isGreaterThan(first);
        assertThat(fenceOfANewHandle()).as("fence after a wipe").isGreaterThan(afterRestart);
    }

    @Test
    @Tag("K9")
    public final void namesAreIndependent() {
        LeaseDriver driver = leaseCalls();
        List<LeaseName> names = List.of(
                LeaseName.of("a"),
                LeaseName.of("A"),
                LeaseName.of("a/b"),
                LeaseName.of("a:b"),
                LeaseName.of(" "),
                LeaseName.of("{a}"),
                LeaseName.of("*"),
                LeaseName.of("\u0000"),
                LeaseName.of("\n"),
                LeaseName.of("n\u00e4me \ud83d\ude80"),
                LeaseName.of("x".repeat(LeaseName.MAX_BYTES)),
                LeaseName.of("x".repeat(LeaseName.MAX_BYTES - 1)),
                LeaseName.of(digest(1).toString()),
                LeaseName.of(digest(1)),
                LeaseName.of(digest(2)));

        names.forEach(name -> new Claimant(driver, name).gets(Claimant.LONG));

        assertThat(all(driver)).extracting(LeaseState::name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    @Tag("K10")
    public final void releasedLeasesLeaveNothingInTheListing() {
        LeaseDriver driver = leaseCalls();
        for (int i = 0; i < 500; i++) {
            Claimant holder = new Claimant(driver, LeaseName.of("name-" + i));
            holder.gets(Claimant.LONG);
            holder.releases();
        }
        LeaseName kept = LeaseName.of("kept");
        new Claimant(driver, kept).gets(Claimant.LONG);

        assertThat(all(driver)).extracting(LeaseState::name).containsExactly(kept);
    }

    @Test
    @Tag("K10")
    public final void theListingIsPaged() {
        LeaseDriver driver = leaseCalls();
        List<LeaseName> names = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            names.add(LeaseName.of("name-" + i));
            new Claimant(driver, names.get(i)).gets(Claimant.LONG);
        }

        assertThat(all(driver)).extracting(LeaseState::name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    @Tag("K11")
    public final void aFailureIsRememberedForThoseWhoAskForItAndNotForLong() {
        Claimant holder = new Claimant(leaseCalls(), NAME);
        holder.gets(Claimant.LONG);

        holder.fails("manifest unknown", Claimant.LONG);

        assertThat(new Claimant(leaseCalls(), NAME).triesUnlessFailed(Claimant.LONG))
                .isEqualTo(new LeaseAttempt.Failed("manifest unknown"));
        new Claimant(leaseCalls(), NAME).gets(Claimant.LONG);
    }

    @Test
    @Tag("K11")
    public final void aRememberedFailureIsForgottenAfterItsTime() {
        LeaseDriver driver = leaseCalls();
        Claimant holder = new Claimant(driver, NAME);
        holder.gets(Claimant.LONG);
        holder.fails("manifest unknown", Duration.ofMillis(100));
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();

        LeaseAttempt attempt = new Claimant(driver, NAME).triesUnlessFailed(Claimant.LONG);
        while (attempt instanceof LeaseAttempt.Failed && System.nanoTime() < end) {
            attempt = new Claimant(driver, NAME).triesUnlessFailed(Claimant.LONG);
        }

        assertThat(attempt).isInstanceOf(LeaseAttempt.Granted.class);
    }

    /** The lease calls of a new handle. */
    final LeaseDriver leaseCalls() {
        return leaseCalls(opensDriver());
    }

    final LeaseDriver leaseCalls(CacheDriver driver) {
        return driver.leases()
                .orElseThrow(() -> new AssertionError("the driver has no leases; declare LEASES as unsupported"));
    }

    final CacheDriver opensDriver() {
        needs(Capability.LEASES);
        return closedLater(store().openDriver(store().config()));
    }

    private long fenceOfANewHandle() {
        needs(Capability.LEASES);
        try (CacheDriver driver = store().openDriver(store().config())) {
            Claimant holder = new Claimant(leaseCalls(driver), NAME);
            long fence = holder.gets(Claimant.LONG).fence();
            holder.releases();
            return fence;
        }
    }

    private static List<LeaseState> all(LeaseDriver driver) {
        List<LeaseState> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            LeasePage page = driver.list(token, 10);
            assertThat(page.leases()).as("a page of 10").hasSizeLessThanOrEqualTo(10);
            all.addAll(page.leases());
            token = page.next();
        } while (token.isPresent());
        return all;
    }
}
