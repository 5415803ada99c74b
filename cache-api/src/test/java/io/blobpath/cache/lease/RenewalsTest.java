package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.LeaseRenewal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Renewal in the background and the signal of loss, with time moved by hand. */
@Timeout(60)
class RenewalsTest extends ManualLeases {
    private static final LeaseName NAME = LeaseName.of("name");
    private static final LeaseOptions OPTIONS = LeaseOptions.DEFAULT.withLease(Duration.ofSeconds(30));
    private static final Duration TICK = Duration.ofNanos(1);

    @Test
    void oneCallRenewsAllLeasesOfAShard() throws Exception {
        driver.shards = name -> name.toString().length();
        List<String> names = List.of("a", "b", "c", "aa", "bb");
        names.forEach(name -> take(LeaseName.of(name)));

        timing.advance(Duration.ofSeconds(10));

        assertThat(driver.renewals)
                .extracting(batch -> batch.stream()
                        .map(LeaseRenewal::name)
                        .map(LeaseName::toString)
                        .sorted()
                        .toList())
                .containsExactlyInAnyOrder(List.of("a", "b", "c"), List.of("aa", "bb"));
    }

    @Test
    void thousandsOfLeasesTravelInBoundedBatches() throws Exception {
        IntStream.range(0, 1_200).forEach(i -> take(LeaseName.of("name-" + i)));

        timing.advance(Duration.ofSeconds(10));

        assertThat(driver.renewals)
                .hasSize(3)
                .allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(500));
        assertThat(driver.renewals.stream().mapToInt(List::size).sum()).isEqualTo(1_200);
    }

    @Test
    void aShardThatHangsCostsOnlyItsOwnLeases() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CompletableFuture<Void> hang = new CompletableFuture<>();
        LeaseName stuck = LeaseName.of("stuck");
        driver.shards = name -> name.equals(stuck) ? 1 : 0;
        driver.beforeRenewal = batch -> {
            if (batch.get(0).name().equals(stuck)) {
                hangs.countDown();
                hang.join();
            }
        };
        Lease onDeadShard = take(stuck);
        Lease onGoodShard = take(NAME);

        timing.advance(Duration.ofSeconds(10), 1);
        hangs.await();
        timing.advance(Duration.ofMinutes(5), 1);

        assertThat(onGoodShard.isHeld()).isTrue();
        assertThat(onDeadShard.isHeld()).isFalse();
        assertThat(cause(onDeadShard)).isCompletedWithValue(LossCause.EXPIRED);
        hang.complete(null);
        timing.untilWorking(0);
    }

    @Test
    void aShardThatCannotBeToldCostsNoLossItsSignal() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        driver.shards = name -> {
            asked.incrementAndGet();
            throw new IllegalStateException("no master");
        };
        Lease lease = take(NAME);
        Lease other = take(LeaseName.of("other"));

        timing.advance(Duration.ofSeconds(30).minus(TICK));
        assertThat(lease.isHeld()).isTrue();
        timing.advance(TICK);

        assertThat(cause(lease)).isCompletedWithValue(LossCause.EXPIRED);
        assertThat(cause(other)).isCompletedWithValue(LossCause.EXPIRED);
        assertThat(asked).as("tried again, but not in a storm").hasValueBetween(2, 16);
    }

    @Test
    void aRenewedLeaseLastsAsLongAsItIsHeld() throws Exception {
        Lease lease = take(NAME);

        timing.advance(Duration.ofDays(1));

        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.remaining()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(driver.renewals).as("one renewal in ten seconds").hasSize(24 * 60 * 6);
    }

    @Test
    void aLeaseThatCannotBeRenewedIsLostExactlyAtItsDeadline() throws Exception {
        driver.beforeRenewal = batch -> unavailable();
        Lease lease = take(NAME);

        timing.advance(Duration.ofSeconds(30).minus(TICK));
        assertThat(lease.isHeld()).isTrue();
        assertThat(cause(lease)).isNotDone();
        timing.advance(TICK);

        assertThat(lease.remaining()).isZero();
        assertThat(cause(lease)).isCompletedWithValue(LossCause.EXPIRED);
        assertThat(driver.rows).as("the record, given back").isEmpty();
    }

    @Test
    void theDeadlineCountsFromBeforeTheRequest() throws Exception {
        driver.acquire = claim -> {
            timing.skip(Duration.ofSeconds(4));
            return driver.answer(claim);
        };
        Lease lease = take(NAME);
        assertThat(lease.remaining()).isEqualTo(Duration.ofSeconds(26));
        driver.beforeRenewal = batch -> timing.skip(Duration.ofSeconds(3));

        timing.advance(Duration.ofSeconds(6));

        assertThat(lease.remaining()).isEqualTo(Duration.ofSeconds(27));
    }

    @Test
    void failedRenewalsAreTriedAgainButNotInAStorm() throws Exception {
        driver.beforeRenewal = batch -> unavailable();
        Lease lease = take(NAME);
        timing.advance(Duration.ofSeconds(25));
        assertThat(driver.renewals).hasSizeBetween(2, 8);

        driver.beforeRenewal = batch -> {};
        timing.advance(Duration.ofMinutes(1));

        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void aRenewalThatTheStoreRefusesIsALoss() throws Exception {
        Lease lease = take(NAME);
        driver.rows.put(NAME, FakeLeaseDriver.Row.foreign(NAME, 1));

        timing.advance(Duration.ofSeconds(10));

        assertThat(cause(lease)).isCompletedWithValue(LossCause.TAKEN);
        assertThat(driver.rows).as("the next holder's record").hasSize(1);
    }

    @Test
    void whoSleptThroughItsLeaseIsToldByItsNextWriteEvenBeforeTheAlarm() throws Exception {
        Digest digest = Digest.parse("sha256:" + "0".repeat(64));
        DigestLease lease = leases.acquire(digest, OPTIONS);
        timing.skip(Duration.ofSeconds(30));

        assertThatThrownBy(() -> lease.put(BlobPath.of("a"))).isInstanceOf(LeaseLostException.class);
        timing.untilWorking(0);

        assertThat(cause(lease)).isCompletedWithValue(LossCause.EXPIRED);
    }

    @Test
    void progressTravelsWithTheNextRenewal() throws Exception {
        Lease lease = take(NAME);
        lease.progress(4096);

        timing.advance(Duration.ofSeconds(10));

        assertThat(driver.renewals.get(0)).extracting(LeaseRenewal::progress).containsExactly(4096L);
    }

    @Test
    void aShortLeaseIsRenewedInTimeBesideALongOne() throws Exception {
        LeaseOptions brief = LeaseOptions.DEFAULT.withLease(Duration.ofSeconds(1));
        Lease longOne = leases.tryAcquire(NAME, LeaseOptions.DEFAULT.withLease(Duration.ofHours(1)))
                .orElseThrow();
        Lease shortOne = leases.tryAcquire(LeaseName.of("short"), brief).orElseThrow();

        timing.advance(Duration.ofSeconds(10));

        assertThat(shortOne.isHeld()).isTrue();
        assertThat(driver.renewals).as("three in a second").hasSize(30);
        assertThat(longOne.remaining()).as("never renewed so far").isEqualTo(Duration.ofSeconds(3_590));
    }

    @Test
    void whatIsHalfDueTravelsAlongAndNothingElse() throws Exception {
        take(LeaseName.of("due"));
        timing.advance(Duration.ofSeconds(5));
        take(LeaseName.of("half due"));
        timing.advance(TICK);
        take(LeaseName.of("less than half due"));

        timing.advance(Duration.ofSeconds(5).minus(TICK));

        assertThat(driver.renewals)
                .singleElement()
                .satisfies(batch -> assertThat(batch)
                        .extracting(renewal -> renewal.name().toString())
                        .containsExactlyInAnyOrder("due", "half due"));
    }

    @Test
    void theOthersAreRenewedAlthoughTheOneThatWasDueFirstIsClosed() throws Exception {
        Lease first = take(LeaseName.of("first"));
        timing.advance(Duration.ofSeconds(9));
        Lease second = take(NAME);
        first.close();

        timing.advance(Duration.ofMinutes(5));

        assertThat(second.isHeld()).isTrue();
    }

    @Test
    void leasesThatComeAndGoShareOneAlarmAndLeaveNone() throws Exception {
        for (int i = 0; i < 100; i++) {
            take(NAME).close();
        }
        assertThat(timing.alarms()).isEqualTo(1);

        timing.advance(Duration.ofSeconds(10));

        assertThat(timing.alarms()).isZero();
    }

    private Lease take(LeaseName name) {
        return leases.tryAcquire(name, OPTIONS).orElseThrow();
    }

    private static CompletableFuture<LossCause> cause(Lease lease) {
        return lease.lost().toCompletableFuture();
    }

    private static void unavailable() {
        throw new CacheUnavailableException("no answer");
    }
}
