package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.task.Task;
import io.blobpath.store.task.TaskQueue;
import io.blobpath.store.task.TaskSnapshot;
import io.blobpath.store.task.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A collection is a task for each repository, and nobody does another one's work. */
final class GcTaskTest extends GcFixture {
    private static final GcOptions APPLY =
            GcOptions.defaults().withApply(true).withGrace(Duration.ZERO).withSlice(Duration.ZERO);

    private final TaskQueue queue = new TaskQueue(Runnable::run);

    @AfterEach
    void nothingIsLeft() {
        queue.close();
        assertThat(queue.tasks()).isEmpty();
        assertThat(cache.leases().list(Optional.empty(), 10).leases()).isEmpty();
    }

    @Test
    void aCollectionIsSeenAndCanBeCancelled() throws IOException {
        Images.blob(store(), A, "one");
        Images.blob(store(), A, "two");
        Digest garbage = Images.blob(store(), B, "garbage");
        List<TaskSnapshot> seen = new ArrayList<>();
        FileOperations files = atTheFirstRemoval(queue -> {
            seen.addAll(queue.tasks());
            queue.find(seen.get(0).id()).ifPresent(Task::cancel);
        });

        GcReport report = collector(files).collect(APPLY);

        assertThat(seen).singleElement().satisfies(task -> {
            assertThat(task.name()).isEqualTo("gc a");
            assertThat(task.state()).isEqualTo(TaskState.RUNNING);
            assertThat(task.progress()).isEqualTo(2);
        });
        assertThat(report.problems().count(ProblemKind.NOT_COLLECTED)).isEqualTo(1);
        assertThat(report.removed()).as("one of a, and that of b").isEqualTo(2);
        assertThat(tree.file(B.blob(garbage))).doesNotExist();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void ofTwoCollectionsInOneQueueTheSecondIsBusy() throws IOException {
        Images.blob(store(), A, "garbage");
        List<GcReport> second = new ArrayList<>();
        FileOperations files = atTheFirstRemoval(queue ->
                CompletableFuture.runAsync(() -> second.add(collectQuietly())).join());

        GcReport first = collector(files).collect(APPLY);

        assertThat(first.removed()).isEqualTo(1);
        assertThat(second).singleElement().satisfies(report -> {
            assertThat(report.removed()).isZero();
            assertThat(report.problems().count(ProblemKind.BUSY)).isEqualTo(1);
        });
    }

    @Test
    void ofTwoCollectionsOnTwoNodesTheSecondIsBusy() throws Exception {
        Images.blob(store(), A, "garbage");
        try (BlobPathCache otherNode = anotherCache();
                Lease held = otherNode.leases().acquire(A.resource("gc").lease(), LeaseOptions.DEFAULT)) {
            assertThat(held.isHeld()).isTrue();

            GcReport report = collect();

            assertThat(report.removed()).isZero();
            assertThat(report.problems().count(ProblemKind.BUSY)).isEqualTo(1);
        }
    }

    private GcReport collectQuietly() {
        try {
            return collector(FileOperations.system()).collect(APPLY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private GarbageCollector collector(FileOperations files) {
        return new GarbageCollector(
                StoreRoot.open(tree.root(), files), cache, BlobStoreOptions.defaults(), StoreListener.NONE, queue);
    }

    /** Before the first blob is put aside, somebody acts. */
    private FileOperations atTheFirstRemoval(Consumer<TaskQueue> others) {
        return new ForwardingFiles() {
            private boolean done;

            @Override
            protected void before(Call call, Path file) {
                if (!done && call == Call.RENAME && file.toString().contains("/aside/")) {
                    done = true;
                    others.accept(queue);
                }
            }
        };
    }
}
