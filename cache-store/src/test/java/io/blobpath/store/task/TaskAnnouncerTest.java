package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.tck.memory.MemoryOptions;
import io.blobpath.tck.memory.MemoryStores;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskAnnouncerTest extends QueueTest {
    private static final String STORE = "TaskAnnouncerTest";

    private final BlobPathCache cache = BlobPathCaches.open(CacheConfig.of(new MemoryOptions(STORE)));
    private final BlobPathCache other = BlobPathCaches.open(CacheConfig.of(new MemoryOptions(STORE)));
    private final TaskAnnouncer announcer = new TaskAnnouncer(cache.leases());

    @AfterEach
    void closeThem() {
        queue.close();
        cache.close();
        other.close();
        MemoryStores.drop(STORE);
    }

    @Test
    void otherProcessesSeeTheTaskWhileItRuns() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Task<String> task =
                queue.submit("gc", ResourceSet.exclusive(A), announcer.announced("gc library/base", context -> {
                    context.progress(7);
                    began.countDown();
                    end.await();
                    return "done";
                }));
        began.await();
        try (var unrelated = other.leases().acquire(LeaseName.of("sync/library"), LeaseOptions.DEFAULT)) {
            List<AnnouncedTask> running = new TaskAnnouncer(other.leases()).running();

            assertThat(running).singleElement().satisfies(announced -> {
                assertThat(announced.name()).isEqualTo("gc library/base");
                assertThat(announced.id()).hasSize(8);
                assertThat(announced.lease().holder())
                        .contains("pid " + ProcessHandle.current().pid());
            });
        }

        assertThat(task.snapshot().progress()).isEqualTo(7);
        end.countDown();
        task.await(LONG);
        assertThat(new TaskAnnouncer(other.leases()).running()).isEmpty();
    }

    @Test
    void oneNameMayBeAnnouncedTwice() throws Exception {
        TaskBody<Integer, Exception> inner = context -> announcer.running().size();

        int seen = queue.run(
                "outer",
                ResourceSet.none(),
                announcer.announced(
                        "verify",
                        context -> announcer.announced("verify", inner).run(context)));

        assertThat(seen).isEqualTo(2);
    }

    @Test
    void whateverATaskIsCalledItCanBeAnnounced() throws Exception {
        for (String name : List.of("", "/", "\ud800 alone", "\ud83d\ude00".repeat(1000), "x".repeat(1000))) {
            assertThat(queue.run(
                                    name,
                                    ResourceSet.none(),
                                    announcer.announced(
                                            name, context -> announcer.running().size()))
                            .intValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void aTaskRunsAlsoIfItCannotBeAnnounced() throws Exception {
        MemoryStores.faults(STORE).loseNextReply();

        String result = queue.run("gc", ResourceSet.none(), announcer.announced("gc", context -> "done"));

        assertThat(result).isEqualTo("done");
    }

    @Test
    void aLongUpdateAnnouncesItself() throws Exception {
        Updates<TaskAnnouncer> updates = new Updates<>(queue, cache.leases(), announcer, UpdateOptions.DEFAULT);

        assertThat(updates.run(
                        Rebuild.REBUILD, new Rebuild.All(), TaskOptions.DEFAULT.withDeadline(Duration.ofDays(1))))
                .containsExactly("rebuild");
        assertThat(announcer.running()).isEmpty();
    }

    /** An update that tells which tasks are announced while it runs. */
    private enum Rebuild implements Update<TaskAnnouncer, Rebuild.All, String, List<String>> {
        REBUILD;

        record All() {}

        @Override
        public String load(TaskAnnouncer announcer, All all) {
            return "";
        }

        @Override
        public Set<Resource> plan(All all, String state) {
            return Set.of(Resource.of("rebuild"));
        }

        @Override
        public List<String> apply(TaskAnnouncer announcer, All all, String state, Transaction transaction) {
            return announcer.running().stream().map(AnnouncedTask::name).toList();
        }

        @Override
        public String describe(All all) {
            return "rebuild";
        }

        @Override
        public boolean isLong() {
            return true;
        }
    }
}
