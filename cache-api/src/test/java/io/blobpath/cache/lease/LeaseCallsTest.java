package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.FakeLeaseDriver.Row;
import io.blobpath.cache.spi.LeaseAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way to ask for a lease, or about one. */
@Timeout(60)
class LeaseCallsTest extends ManualLeases {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));
    private static final LeaseName NAME = LeaseName.of("name");
    private static final LeaseName OTHER = LeaseName.of("other");
    private static final LeaseOptions PATIENT = LeaseOptions.DEFAULT.withPatience(Duration.ofHours(1));

    @Test
    void aLeaseIsSeenListedAndBrokenByItsFence() {
        Lease held = leases.tryAcquire(NAME, PATIENT).orElseThrow();
        assertThat(leases.footprint())
                .as("the place in the queue, and the renewal")
                .isEqualTo(2);

        assertThat(leases.peek(NAME)).hasValueSatisfying(state -> {
            assertThat(state.holder()).isEqualTo(NodeName.ofThisProcess());
            assertThat(state.fence()).isEqualTo(held.fence());
        });
        assertThat(leases.list(Optional.empty(), 10).leases())
                .extracting(LeaseState::name)
                .containsExactly(NAME);
        assertThat(leases.breakLease(OTHER, held.fence())).isFalse();
        assertThat(leases.breakLease(NAME, held.fence())).isTrue();

        assertThat(leases.peek(NAME)).isEmpty();
    }

    @Test
    void whoTriesForWhatAThreadOfThisProcessHoldsIsToldAtOnce() {
        DigestLease held = leases.tryAcquire(DIGEST, PATIENT).orElseThrow();

        assertThat(leases.tryAcquire(DIGEST, PATIENT)).isEmpty();
        assertThat(driver.claims).hasSize(1);
        held.close();
    }

    @Test
    void theWaitBehindACallerOfThisProcessEndsInTime() throws Exception {
        Lease held = leases.tryAcquire(NAME, PATIENT).orElseThrow();

        FutureTask<Lease> waiting =
                start(() -> leases.acquire(NAME, LeaseOptions.DEFAULT.withPatience(Duration.ofMillis(5))));

        assertThatThrownBy(waiting::get)
                .cause()
                .isInstanceOf(LeaseTimeoutException.class)
                .hasMessageContainingAll("name", "PT0.005S", "others of this process");
        held.close();
    }

    @Test
    void whoWaitsBehindACallerOfThisProcessIsNext() throws Exception {
        Lease held = leases.tryAcquire(NAME, PATIENT).orElseThrow();
        FutureTask<Lease> waiting =
                new FutureTask<>(() -> leases.acquire(NAME, LeaseOptions.DEFAULT.withPatience(Duration.ofSeconds(9))));
        Thread thread = start(waiting);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        held.close();

        assertThat(waiting.get().fence()).isEqualTo(held.fence() + 1);
        waiting.get().close();
    }

    @Test
    void theLeaseOfADigestIsWaitedFor() throws Exception {
        LeaseName name = LeaseName.of(DIGEST);
        driver.rows.put(name, Row.foreign(name, 1));
        FutureTask<DigestLease> waiting = start(() -> leases.acquire(DIGEST, PATIENT));
        timing.untilWaiting(1);

        timing.poll(Duration.ofSeconds(5), waiting);
        assertThat(waiting).isNotDone();
        assertThat(leases.footprint())
                .as("the place in the queue, and the hint")
                .isEqualTo(2);
        driver.rows.clear();
        timing.poll(driver.polling().last(), waiting);

        waiting.get().close();
    }

    @Test
    void severalLeasesAreWaitedForTogether() throws Exception {
        driver.rows.put(OTHER, Row.foreign(OTHER, 1));
        FutureTask<LeaseSet> waiting = start(() -> leases.acquireAll(List.of(OTHER, NAME), PATIENT));
        timing.untilWaiting(1);

        timing.poll(Duration.ofSeconds(5), waiting);
        assertThat(waiting).isNotDone();
        driver.rows.remove(OTHER);
        timing.poll(driver.polling().last(), waiting);

        LeaseSet set = waiting.get();
        assertThat(set.isHeld()).isTrue();
        set.leases().get(0).close();
        assertThat(set.isHeld()).isFalse();
        set.close();
    }

    @Test
    void ofSeveralLeasesThoseThatWereTakenAreGivenBackIfOneIsMissing() throws Exception {
        driver.rows.put(OTHER, Row.foreign(OTHER, 1));
        FutureTask<LeaseSet> waiting = start(() ->
                leases.acquireAll(List.of(OTHER, NAME), LeaseOptions.DEFAULT.withPatience(Duration.ofSeconds(5))));
        timing.untilWaiting(1);

        timing.poll(Duration.ofSeconds(5), waiting);

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(LeaseTimeoutException.class);
        assertThat(driver.rows).containsOnlyKeys(OTHER);
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedAgainAfterAPause() throws Exception {
        driver.acquire = claim -> {
            throw new CacheUnavailableException("no answer");
        };
        FutureTask<Lease> waiting = start(() -> leases.acquire(NAME, PATIENT));
        timing.untilWaiting(1);
        int asked = driver.claims.size();

        timing.poll(driver.polling().first(), waiting);
        assertThat(driver.claims.size()).isBetween(asked + 1, asked + 2);
        driver.acquire = driver::answer;
        timing.poll(driver.polling().last(), waiting);

        waiting.get().close();
    }

    @Test
    void whoIsToldWhenTheLeaseEndsAsksSoonAfterwards() throws Exception {
        LeaseState state = Row.foreign(NAME, 1).state();
        driver.acquire = claim -> new LeaseAttempt.Held(new LeaseState(
                NAME, "another node", 7, "1", state.lease(), state.since(), Optional.of(Duration.ofMillis(10)), 0));
        FutureTask<Lease> waiting = start(() -> leases.acquire(NAME, PATIENT));
        timing.untilWaiting(1);

        timing.poll(Duration.ofSeconds(6), waiting);

        // Ten milliseconds, and half of the first pause on top. Without the hint they are a second apart in the end.
        assertThat(driver.claims.size()).isBetween(100, 150);
        driver.acquire = driver::answer;
        timing.poll(driver.polling().last(), waiting);
        waiting.get().close();
    }

    private static <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        start(task);
        return task;
    }

    private static Thread start(FutureTask<?> task) {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
