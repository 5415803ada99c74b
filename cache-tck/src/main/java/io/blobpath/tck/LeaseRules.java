package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseSet;
import io.blobpath.cache.lease.LeaseTimeoutException;
import io.blobpath.cache.lease.Leases;
import io.blobpath.cache.lease.LossCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules K1 to K10 as users of leases see them, over two handles. */
abstract sealed class LeaseRules extends LeaseCallRules permits GuardRules {
    static final LeaseName WORK = LeaseName.of("work");
    private static final LeaseOptions BRIEF =
            LeaseOptions.DEFAULT.withLease(Duration.ofMillis(600)).withPatience(Duration.ofSeconds(30));
    /** For leases that must not be lost on a busy machine. */
    private static final LeaseOptions PATIENT = LeaseOptions.DEFAULT.withPatience(Duration.ofSeconds(30));

    @Test
    @Tag("K1")
    public final void eightThreadsOnTwoHandlesLoseNoUpdate() throws Exception {
        List<Leases> handles = List.of(leases(), leases());
        int[] counter = {0};
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Leases leases = handles.get(i % 2);
            tasks.add(() -> {
                for (int n = 0; n < 10; n++) {
                    try (Lease lease = leases.acquire(WORK, PATIENT)) {
                        int seen = counter[0];
                        Thread.onSpinWait();
                        counter[0] = seen + 1;
                    }
                }
                return null;
            });
        }

        Race.run(tasks);

        assertThat(counter[0]).isEqualTo(80);
        assertFree();
    }

    @Test
    @Tag("K2")
    public final void aWaitEndsInTimeAndTellsWhoHoldsTheLease() throws Exception {
        Leases waiting = leases();
        try (Lease held = leases().acquire(WORK, LeaseOptions.DEFAULT)) {
            assertThatThrownBy(() -> waiting.acquire(WORK, LeaseOptions.DEFAULT.withPatience(Duration.ofMillis(100))))
                    .isInstanceOf(LeaseTimeoutException.class)
                    .hasMessageContainingAll("work", "fence " + held.fence());
        }
        assertFree();
    }

    @Test
    @Tag("K2")
    public final void anInterruptedWaitEndsAtOnceAndLeavesNothingBehind() throws Exception {
        Leases waiting = leases();
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (Lease held = leases().acquire(WORK, LeaseOptions.DEFAULT)) {
            Interrupted.whileRunning(() -> {
                try {
                    waiting.acquire(WORK, LeaseOptions.DEFAULT.withPatience(Duration.ofMinutes(10)));
                } catch (InterruptedException | LeaseTimeoutException e) {
                    end.set(e);
                }
            });
        }

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertFree();
    }

    @Test
    @Tag("K2")
    public final void aCancelledCallerNeverAcquires() {
        Leases leases = leases();

        for (int i = 0; i < 100; i++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> leases.acquire(WORK, LeaseOptions.DEFAULT))
                    .isInstanceOf(InterruptedException.class);
        }

        assertFree();
    }

    @Test
    @Tag("K5")
    public final void aLeaseInUseIsRenewedBeyondItsTime() throws Exception {
        Leases other = leases();
        try (Lease held = leases().acquire(WORK, BRIEF)) {
            long end = System.nanoTime() + BRIEF.lease().multipliedBy(2).toNanos();

            while (System.nanoTime() < end) {
                assertThat(other.tryAcquire(WORK, BRIEF)).isEmpty();
                LockSupport.parkNanos(BRIEF.lease().toNanos() / 50);
            }

            assertThat(held.isHeld()).isTrue();
        }
    }

    @Test
    @Tag("K6")
    public final void aGrantWhoseReplyWasLostCostsNoLease() throws Exception {
        needs(Capability.LOST_REPLY);
        Leases leases = leases();

        store().faults().loseNextReply();
        try (Lease lease = leases.acquire(WORK, LeaseOptions.DEFAULT)) {
            assertThat(lease.isHeld()).isTrue();
        }

        assertFree();
    }

    @Test
    @Tag("K8")
    public final void theHolderIsToldWhenTheLeaseIsTakenFromIt() throws Exception {
        Leases operator = leases();
        Lease held = leases().acquire(WORK, BRIEF);

        assertThat(operator.breakLease(WORK, held.fence())).isTrue();

        assertThat(held.lost().toCompletableFuture().get(8, TimeUnit.SECONDS)).isEqualTo(LossCause.TAKEN);
        assertThat(held.isHeld()).isFalse();
        held.close();
    }

    @Test
    @Tag("K8")
    public final void theHolderIsToldWhenTheStoreIsWiped() throws Exception {
        needs(Capability.WIPE_WHILE_OPEN);
        Lease held = leases().acquire(WORK, BRIEF);

        store().wipe();

        held.lost().toCompletableFuture().get(8, TimeUnit.SECONDS);
        assertThat(held.isHeld()).isFalse();
        held.close();
    }

    @Test
    @Tag("K8")
    public final void closingTheCacheIsALossForItsHolders() throws Exception {
        needs(Capability.LEASES);
        var cache = open();
        Lease held = cache.leases().acquire(WORK, LeaseOptions.DEFAULT);

        cache.close();

        assertThat(held.lost().toCompletableFuture().get(8, TimeUnit.SECONDS)).isEqualTo(LossCause.CLOSED);
        held.close();
        assertFree();
    }

    @Test
    @Tag("K8")
    public final void closingALeaseInTimeIsNoLoss() throws Exception {
        Lease held = leases().acquire(WORK, LeaseOptions.DEFAULT);

        held.close();
        held.close();

        assertThat(held.remaining()).isZero();
        assertThat(held.lost().toCompletableFuture()).isNotDone();
        assertFree();
    }

    @Test
    @Tag("K4")
    public final void closingALostLeaseTakesNothingFromTheNextHolder() throws Exception {
        Leases other = leases();
        Lease first = leases().acquire(WORK, LeaseOptions.DEFAULT);
        other.breakLease(WORK, first.fence());

        try (Lease second = other.acquire(WORK, LeaseOptions.DEFAULT)) {
            first.close();

            assertThat(other.peek(WORK).orElseThrow().fence()).isEqualTo(second.fence());
        }
    }

    @Test
    @Tag("K9")
    public final void twoThousandContendedNamesAtOnceAreAllServed() throws Exception {
        List<Leases> handles = List.of(leases(), leases());
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Leases leases = handles.get(i % 2);
            int first = i / 2 * 500; // A thread of each handle contends for the same 500.
            tasks.add(() -> {
                for (int n = first; n < first + 500; n++) {
                    try (Lease lease = leases.acquire(LeaseName.of("name-" + n), PATIENT)) {
                        assertThat(lease.isHeld()).isTrue();
                    }
                }
                return null;
            });
        }

        Race.run(tasks);

        assertThat(handles.get(0).list(Optional.empty(), 10).leases()).isEmpty();
    }

    @Test
    @Tag("K2")
    public final void severalLeasesAreTakenTogetherWithoutADeadlock() throws Exception {
        List<Leases> handles = List.of(leases(), leases());
        LeaseName a = LeaseName.of("a");
        LeaseName b = LeaseName.of("b");
        LeaseName c = LeaseName.of(digest(1));
        List<List<LeaseName>> sets = List.of(List.of(a, b, c), List.of(c, b), List.of(b, a), List.of(c, a));
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Leases leases = handles.get(i % 2);
            List<LeaseName> names = sets.get(i);
            tasks.add(() -> {
                for (int n = 0; n < 10; n++) {
                    try (LeaseSet set = leases.acquireAll(names, PATIENT)) {
                        assertThat(set.isHeld()).isTrue();
                    }
                }
                return null;
            });
        }

        Race.run(tasks);

        assertThat(handles.get(0).list(Optional.empty(), 10).leases()).isEmpty();
    }

    @Test
    @Tag("K2")
    public final void severalLeasesAreTakenAllOrNone() throws Exception {
        Leases leases = leases();
        LeaseName free = LeaseName.of("a");
        try (Lease held = leases().acquire(WORK, LeaseOptions.DEFAULT)) {
            assertThatThrownBy(() -> leases.acquireAll(
                            List.of(WORK, free), LeaseOptions.DEFAULT.withPatience(Duration.ofMillis(50))))
                    .isInstanceOf(LeaseTimeoutException.class);

            assertThat(leases.peek(free)).isEmpty();
        }
        assertFree();
    }

    @Test
    @Tag("K2")
    public final void askingAgainInsideIsRefusedInsteadOfWaitingForOneself() throws Exception {
        Leases leases = leases();
        try (Lease held = leases.acquire(WORK, LeaseOptions.DEFAULT)) {
            assertThatThrownBy(() -> leases.acquire(WORK, LeaseOptions.DEFAULT))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(leases.tryAcquire(WORK, LeaseOptions.DEFAULT)).isEmpty();
        }
        assertFree();
    }

    /** The leases of a new handle. */
    final Leases leases() {
        needs(Capability.LEASES);
        return open().leases();
    }

    /** Nobody holds the lease, and nobody is in the way of the next one. */
    final void assertFree() {
        Leases leases = leases();
        Optional<Lease> lease = leases.tryAcquire(WORK, LeaseOptions.DEFAULT);
        assertThat(lease).as("a free lease").isPresent();
        lease.orElseThrow().close();
    }
}
