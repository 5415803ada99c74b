package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.store.task.ShelfUpdate.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What an update may do, in which order, and what it is worth when a lease is lost: rows BN-7, BN-8, AP-8. */
final class TransactionTest extends TwoNodesTest {
    private static final LeaseOptions LEASES = LeaseOptions.DEFAULT;
    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final BlobPath PATH = BlobPath.of("library/base/blob");

    @Test
    void whatIsRecordedIsGuardedByTheLeaseOfTheDigest() throws Exception {
        updates.run(
                SmallUpdates.Recording.PUT,
                new SmallUpdates.Recording.Copy(DIGEST, PATH, transaction -> {
                    assertThat(transaction.entry(DIGEST)).isEmpty();
                    assertThatThrownBy(() -> transaction.put(Digest.parse("sha256:" + "b".repeat(64)), PATH))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("is not in the plan");
                }),
                none());
        assertThat(cache.canonical(DIGEST)).contains(PATH);

        assertThatThrownBy(() -> updates.run(
                        SmallUpdates.Recording.PUT,
                        new SmallUpdates.Recording.Copy(DIGEST, BlobPath.of("other"), transaction -> {
                            long fence = transaction.fence(Resource.of(DIGEST));
                            otherCache.leases().breakLease(Resource.of(DIGEST).lease(), fence);
                        }),
                        none()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(cache.contains(DIGEST, BlobPath.of("other"))).isFalse();
    }

    @Test
    void anUpdateThatLostItsLeaseIsInterruptedAndHasFailedEvenIfItsBodyReturned() {
        Updates<Shelf> brief = new Updates<>(
                queue, cache.leases(), shelf, new UpdateOptions(LEASES.withLease(Duration.ofMillis(100)), 1));
        AtomicReference<Throwable> interrupt = new AtomicReference<>();

        assertThatThrownBy(() -> brief.run(ShelfUpdate.ADD, new Request("list", "1", this::lose), none()))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("shelf/list");
        assertThatThrownBy(() -> brief.run(
                        SmallUpdates.Recording.PUT,
                        new SmallUpdates.Recording.Copy(DIGEST, PATH, transaction -> {
                            try {
                                lose(transaction);
                            } catch (InterruptedException e) {
                                interrupt.set(e);
                            }
                        }),
                        none()))
                .isInstanceOf(LeaseLostException.class);

        assertThat(interrupt.get()).isNotNull();
        assertThat(cache.canonical(DIGEST)).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aTransactionIsUselessWhenItsUpdateIsOver() throws Exception {
        List<Transaction> kept = new ArrayList<>();

        updates.run(ShelfUpdate.ADD, new Request("list", "line", kept::add), none());

        assertThatThrownBy(() -> kept.get(0).persist(() -> {}, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the update is over");
        assertThatThrownBy(() -> kept.get(0).fence(Shelf.resource("list"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memoryFollowsTheDiskAndTheFileFollowsItsRecord() throws Exception {
        List<String> steps = new ArrayList<>();
        IOException full = new IOException("disk full");

        updates.run(
                ShelfUpdate.ADD,
                new Request("list", "line", transaction -> {
                    transaction.persist(() -> steps.add("disk"), () -> steps.add("memory"));
                    transaction.delete(() -> steps.add("record"), () -> steps.add("file"));
                    assertThatThrownBy(() -> transaction.persist(() -> fail(full), () -> steps.add("never")))
                            .isSameAs(full);
                    assertThatThrownBy(() -> transaction.delete(() -> fail(full), () -> steps.add("never")))
                            .isSameAs(full);
                }),
                none());

        assertThat(steps).containsExactly("disk", "memory", "record", "file");
    }

    @Test
    void cleanUpTakesEveryStepBeforeTheResourcesAreFree() {
        List<String> steps = new ArrayList<>();
        IOException first = new IOException("first");
        IOException second = new IOException("second");

        assertThatThrownBy(() -> updates.run(
                        ShelfUpdate.ADD,
                        new Request("list", "line", transaction -> {
                            transaction.atEnd(() -> steps.add("last "
                                    + cache.leases()
                                            .peek(Shelf.resource("list").lease())
                                            .isPresent()));
                            transaction.atEnd(() -> fail(second));
                            transaction.atEnd(() -> fail(first));
                        }),
                        none()))
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(steps).containsExactly("last true");
    }

    /** Lets an operator take the leases away, and waits for the interrupt. */
    private void lose(Transaction transaction) throws InterruptedException {
        for (LeaseState state : otherCache.leases().list(Optional.empty(), 10).leases()) {
            otherCache.leases().breakLease(state.name(), state.fence());
        }
        new CountDownLatch(1).await();
    }

    private static void fail(IOException reason) throws IOException {
        throw reason;
    }
}
