package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Updates of a store that decides by itself who may change it. */
final class FencedStoreTest extends TwoNodesTest {
    private static final Resource VAULT = Resource.of("vault");

    private final List<String> steps = new ArrayList<>();
    private Updates<Vault> fenced;
    private int takenOver;

    /** What the updates see of the store in one turn. */
    private record Vault(FencedStoreTest test) {}

    private final class FencedVault implements FencedStore<Vault> {
        @Override
        public Set<Resource> resources() {
            return Set.of(VAULT);
        }

        @Override
        public Vault open(Transaction transaction) throws IOException {
            assertThat(transaction.fence(VAULT)).isPositive();
            transaction.atEnd(() -> step("close"));
            step("open");
            if (takenOver-- > 0) {
                throw new TakenOverException("somebody was faster");
            }
            return new Vault(FencedStoreTest.this);
        }
    }

    private enum Filling implements Update<Vault, Filling.With, String, String> {
        FILL;

        record With(ShelfUpdate.Probe probe) {}

        @Override
        public String load(Vault vault, With with) {
            vault.test().step("load");
            return "state";
        }

        @Override
        public Set<Resource> plan(With with, String state) {
            return Set.of();
        }

        @Override
        public String apply(Vault vault, With with, String state, Transaction transaction)
                throws IOException, InterruptedException {
            vault.test().step("apply");
            with.probe().reached(transaction);
            return "filled";
        }

        @Override
        public String describe(With with) {
            return "fill";
        }
    }

    @BeforeEach
    void openVault() {
        fenced = Updates.fenced(queue, cache.leases(), new FencedVault(), UpdateOptions.DEFAULT);
    }

    @Test
    void itIsOpenedBeforeTheStateIsReadAndClosedBeforeTheLeaseIsFree() throws Exception {
        assertThat(fill(transaction -> {})).isEqualTo("filled");

        assertThat(steps).containsExactly("open, held", "load, held", "apply, held", "close, held");
    }

    @Test
    void whoWasTakenOverBeginsAnewAndNotForEver() throws Exception {
        takenOver = 1;
        assertThat(fill(transaction -> {})).isEqualTo("filled");
        assertThat(steps).startsWith("open, held", "close, held", "open, held", "load, held");

        takenOver = Integer.MAX_VALUE;
        steps.clear();
        assertThatThrownBy(() -> fill(transaction -> {}))
                .isInstanceOf(TakenOverException.class)
                .hasMessage("somebody was faster");
        assertThat(steps).hasSize(2 * UpdateOptions.DEFAULT.attempts()).doesNotContain("load, held");
    }

    @Test
    void aLeaseThatIsLostNeitherInterruptsNorFailsIt() throws Exception {
        String done = fill(transaction -> {
            long fence = transaction.fence(VAULT);
            assertThat(otherCache.leases().breakLease(VAULT.lease(), fence)).isTrue();
            transaction.check();
        });

        assertThat(done).isEqualTo("filled");
        assertThat(steps).endsWith("close, free");
    }

    @Test
    void theWaitInTheQueueAndTheWaitForTheLeaseAreOne() throws Exception {
        Duration patience = LeaseOptions.DEFAULT.patience();
        Holder local = holder("local", ResourceSet.exclusive(VAULT)).began();
        try (Lease held = otherCache.leases().acquire(VAULT.lease(), LeaseOptions.DEFAULT)) {
            Task<String> task = fenced.submit(
                    Filling.FILL, new Filling.With(transaction -> {}), TaskOptions.DEFAULT.withPatience(patience));
            clock.advance(patience.minusMillis(1));

            local.end();

            assertThatThrownBy(() -> task.await(LONG))
                    .cause()
                    .isInstanceOf(LeaseTimeoutException.class)
                    .hasMessageContainingAll("'vault'", "within PT0.001S", "held by", "fence " + held.fence());
        }
        assertThat(steps).isEmpty();
    }

    private String fill(ShelfUpdate.Probe probe) throws Exception {
        return fenced.run(Filling.FILL, new Filling.With(probe), none());
    }

    private void step(String name) {
        steps.add(name + (otherCache.leases().peek(VAULT.lease()).isPresent() ? ", held" : ", free"));
    }
}
