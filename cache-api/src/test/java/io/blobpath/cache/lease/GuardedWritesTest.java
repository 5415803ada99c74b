package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.FakeLeaseDriver.Row;
import io.blobpath.cache.spi.LeaseAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the holder of a digest's lease may write, and until when. */
@Timeout(60)
class GuardedWritesTest extends ManualLeases {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));
    private static final BlobPath PATH = BlobPath.of("a");
    private static final Duration TICK = Duration.ofNanos(1);

    @Test
    void theGrantShowsTheEntry() {
        BlobEntry entry = new BlobEntry(DIGEST, PATH, List.of(), true);
        driver.acquire = claim -> {
            var unused = driver.answer(claim);
            return new LeaseAttempt.Granted(7, Optional.of(entry));
        };

        DigestLease lease = take();

        assertThat(lease.entry()).contains(entry);
        assertThat(lease.fence()).isEqualTo(7);
        assertThat(lease).hasToString("Lease[" + DIGEST + ", fence 7, HELD]");
    }

    @Test
    void theHolderIsToldWhatTheStoreDecided() {
        DigestLease lease = take();

        assertThat(lease.promote(PATH)).isFalse();
        assertThat(lease.remove(PATH)).isEqualTo(RemoveResult.absent());
        assertThat(lease.put(PATH)).isEqualTo(new PutResult(true, PATH));
        assertThat(lease.promote(PATH)).isTrue();
        assertThat(lease.put(PATH)).isEqualTo(new PutResult(false, PATH));
        assertThat(lease.remove(PATH)).isEqualTo(RemoveResult.duplicate());
    }

    @Test
    void theLeaseOfANameHasNone() {
        DigestLease lease = (DigestLease)
                leases.tryAcquire(LeaseName.of("name"), LeaseOptions.DEFAULT).orElseThrow();

        assertThatThrownBy(() -> lease.put(PATH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("digest");
    }

    @Test
    void whatTheStoreRefusesIsALossForGood() throws Exception {
        DigestLease lease = take();
        Row mine = driver.rows.remove(LeaseName.of(DIGEST));

        assertThatThrownBy(() -> lease.put(PATH)).isInstanceOf(LeaseLostException.class);
        timing.untilWorking(0);
        driver.rows.put(LeaseName.of(DIGEST), mine);

        assertThat(lease.lost().toCompletableFuture()).isCompletedWithValue(LossCause.TAKEN);
        assertThat(lease.remaining()).isZero();
        assertThatThrownBy(() -> lease.put(PATH)).isInstanceOf(LeaseLostException.class);
        assertThat(driver.recorded).isEmpty();
    }

    @Test
    void writesAreRefusedFromTheEndOfTheLeaseOnWithoutAskingTheStore() throws Exception {
        DigestLease lease = take();

        timing.skip(LeaseOptions.DEFAULT.lease().minus(TICK));
        assertThat(lease.remaining()).isEqualTo(TICK);
        assertThat(lease.promote(PATH)).isFalse();
        timing.skip(TICK);

        assertThatThrownBy(() -> lease.put(PATH))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("fence " + lease.fence());
        timing.untilWorking(0);
        assertThat(lease.lost().toCompletableFuture()).isCompletedWithValue(LossCause.EXPIRED);
        assertThat(driver.recorded).isEmpty();
        assertThat(driver.rows).as("the record, given back").isEmpty();
    }

    private DigestLease take() {
        return leases.tryAcquire(DIGEST, LeaseOptions.DEFAULT).orElseThrow();
    }
}
