package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.lease.FakeLeaseDriver.Row;
import io.blobpath.cache.spi.LeaseClaim;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How one who wants a lease asks the store and waits, with time moved by hand. */
@Timeout(60)
class WaitingTest extends ManualLeases {
    private static final LeaseName NAME = LeaseName.of("name");
    private static final LeaseOptions PATIENT = LeaseOptions.DEFAULT.withPatience(Duration.ofHours(1));

    private final CompletableFuture<Void> connected = new CompletableFuture<>();

    /** Before the leases are closed, which waits for it. */
    @AfterEach
    void letTheStoreConnect() {
        connected.complete(null);
    }

    @Test
    void aHolderThatStandsStillIsTakenOverAfterItsWholeLeaseAndNotBefore() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        FutureTask<Lease> waiting = waits(PATIENT);

        timing.poll(FakeLeaseDriver.LONG.minusMillis(1), waiting);
        assertThat(driver.claims).extracting(LeaseClaim::takeOver).containsOnly(Optional.empty());
        timing.poll(Duration.ofSeconds(2), waiting);

        assertThat(waiting.get().isHeld()).isTrue();
        assertThat(lastClaim().takeOver()).contains("1");
        waiting.get().close();
    }

    @Test
    void aHolderThatRenewsIsNeverTakenOver() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 0));
        FutureTask<Lease> waiting = waits(PATIENT);
        for (int version = 1; version < 20; version++) {
            driver.rows.put(NAME, Row.foreign(NAME, version));
            timing.poll(Duration.ofSeconds(20), waiting);
        }

        assertThat(driver.claims).extracting(LeaseClaim::takeOver).containsOnly(Optional.empty());
        driver.rows.clear();
        timing.poll(Duration.ofSeconds(2), waiting);
        waiting.get().close();
    }

    @Test
    void withoutAnyHintPollingFindsTheFreeLease() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        FutureTask<Lease> waiting = waits(PATIENT);
        timing.poll(Duration.ofSeconds(10), waiting);

        driver.rows.clear();
        timing.poll(driver.polling().last(), waiting);

        assertThat(waiting.get().isHeld()).isTrue();
        waiting.get().close();
    }

    @Test
    void aHintEndsTheWaitAtOnce() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        FutureTask<Lease> waiting = waits(PATIENT);
        timing.untilWorking(0);
        int asked = driver.claims.size();

        driver.rows.clear();
        driver.hint(LeaseName.of("another"));
        driver.hint(NAME);

        assertThat(waiting.get().isHeld()).isTrue();
        assertThat(driver.claims).hasSize(asked + 1);
        waiting.get().close();
    }

    @Test
    void aHintThatComesBeforeTheAnswerOfAPollIsNotLost() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        FutureTask<Lease> waiting = waits(PATIENT);
        timing.untilWorking(0);
        driver.acquire = claim -> {
            var heldStill = driver.answer(claim);
            driver.acquire = driver::answer;
            driver.rows.clear();
            driver.hint(NAME);
            return heldStill;
        };

        timing.advance(driver.polling().first());

        assertThat(waiting.get().isHeld()).isTrue();
        waiting.get().close();
    }

    @Test
    void aDriverWhoseHintsDoNotConnectDelaysNobody() throws Exception {
        driver.beforeWatch = connected::join;
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        FutureTask<Lease> waiting = waits(LeaseOptions.DEFAULT.withPatience(Duration.ofSeconds(1)));

        timing.poll(Duration.ofSeconds(1), waiting, 1);

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(LeaseTimeoutException.class);
    }

    @Test
    void hintsThatFailAreAskedForAgainByTheNextWaiter() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        driver.beforeWatch = () -> {
            if (tries.incrementAndGet() == 1) {
                throw new CacheUnavailableException("no answer");
            }
        };
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        for (int i = 0; i < 3; i++) {
            FutureTask<Lease> waiting = waits(LeaseOptions.DEFAULT.withPatience(Duration.ofMillis(1)));
            timing.untilWorking(0);
            timing.advance(Duration.ofMillis(1));
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(LeaseTimeoutException.class);
        }

        assertThat(tries).hasValue(2);
        assertThat(driver.watchers).hasSize(1);
    }

    @Test
    void aWaitEndsInTimeAndTellsWhoHoldsTheLease() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        FutureTask<Lease> waiting = waits(LeaseOptions.DEFAULT.withPatience(Duration.ofSeconds(5)));

        timing.poll(Duration.ofSeconds(5), waiting);

        assertThatThrownBy(waiting::get)
                .cause()
                .isInstanceOf(LeaseTimeoutException.class)
                .hasMessageContainingAll("name", "PT5S", "another node", "fence 7");
    }

    @Test
    void aGrantWhoseAnswerWasLostIsGivenBackByOneWhoLeaves() throws Exception {
        driver.acquire = claim -> {
            driver.answer(claim);
            throw new CacheUnavailableException("the answer was lost");
        };

        assertThatThrownBy(() -> leases.tryAcquire(NAME, PATIENT)).isInstanceOf(CacheUnavailableException.class);
        timing.untilWorking(0);

        assertThat(driver.rows).isEmpty();
        assertThat(driver.released).containsExactly(lastClaim().owner());
    }

    @Test
    void aGrantWhoseAnswerWasLostIsAskedForAgainWithTheSameToken() throws Exception {
        driver.acquire = claim -> {
            driver.acquire = driver::answer;
            driver.answer(claim);
            throw new CacheUnavailableException("the answer was lost");
        };

        leases.acquire(NAME, PATIENT).close();

        assertThat(driver.claims)
                .hasSize(2)
                .extracting(LeaseClaim::owner)
                .containsOnly(lastClaim().owner());
        assertThat(driver.rows).isEmpty();
    }

    @Test
    void anInterruptWhileAskingEndsTheCallAndGivesBackWhatWasGranted() throws Exception {
        driver.acquire = claim -> {
            driver.answer(claim);
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException("interrupted while waiting for the answer");
        };

        assertThatThrownBy(() -> leases.acquire(NAME, PATIENT)).isInstanceOf(InterruptedException.class);
        timing.untilWorking(0);

        assertThat(Thread.currentThread().isInterrupted()).as("interrupt flag").isFalse();
        assertThat(driver.rows).isEmpty();
    }

    @Test
    void anInterruptedWaitLeavesNothingBehind() throws Exception {
        driver.rows.put(NAME, Row.foreign(NAME, 1));
        FutureTask<Lease> waiting = new FutureTask<>(() -> leases.acquire(NAME, PATIENT));
        Thread thread = start(waiting);
        timing.untilWaiting(1);

        thread.interrupt();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(leases.footprint()).isZero();
    }

    @Test
    void aFailureThatIsNotWorthARetryEndsTheWait() {
        driver.acquire = claim -> {
            throw new CacheAccessException("not allowed");
        };

        assertThatThrownBy(() -> leases.acquire(NAME, PATIENT)).isInstanceOf(CacheAccessException.class);

        assertThat(driver.claims).hasSize(1);
    }

    /** One who waits for the lease in a thread of its own, and has been told that it is not free. */
    private FutureTask<Lease> waits(LeaseOptions options) throws InterruptedException {
        FutureTask<Lease> waiting = new FutureTask<>(() -> leases.acquire(NAME, options));
        start(waiting);
        timing.untilWaiting(1);
        return waiting;
    }

    private LeaseClaim lastClaim() {
        return driver.claims.get(driver.claims.size() - 1);
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "waiter");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
