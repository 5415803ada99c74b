package io.blobpath.store.task;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.lmdb.LmdbOptions;
import io.blobpath.store.task.ShelfUpdate.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A process of {@link UpdateProcessesTest}: {@code hang FOLDER}, or {@code work FOLDER NAME ADDITIONS}. */
final class UpdateProcess {
    private static final UpdateOptions OPTIONS =
            new UpdateOptions(LeaseOptions.DEFAULT.withPatience(Duration.ofSeconds(60)), 10);

    private UpdateProcess() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        ExecutorService pool = Executors.newCachedThreadPool();
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.of(LmdbOptions.of(folder.resolve("cache"))));
                TaskQueue queue = new TaskQueue(pool)) {
            Updates<Shelf> updates = new Updates<>(queue, cache.leases(), new Shelf(folder.resolve("shelf")), OPTIONS);
            System.out.println("open");
            if (args[0].equals("hang")) {
                hang(updates);
            }
            work(updates, args[2], Integer.parseInt(args[3]));
        } finally {
            pool.shutdown();
        }
    }

    private static void hang(Updates<Shelf> updates) throws Exception {
        updates.run(
                ShelfUpdate.ADD,
                new Request("list", "never", transaction -> {
                    System.out.println("holding");
                    new CountDownLatch(1).await();
                }),
                TaskOptions.DEFAULT);
    }

    /** Two threads, or more, add lines; and all try to give their own file the one name. */
    private static void work(Updates<Shelf> updates, String name, int additions) throws Exception {
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < additions; i++) {
            tasks.add(updates.submit(ShelfUpdate.ADD, new Request("list", name + " " + i), TaskOptions.DEFAULT));
        }
        System.out.println("waiting");
        for (Task<Integer> task : tasks) {
            task.await();
        }
        System.out.println(renamed(updates, name) ? "renamed" : "refused");
    }

    private static boolean renamed(Updates<Shelf> updates, String name)
            throws IOException, InterruptedException, ExecutionException {
        try {
            var unused = updates.submit(ShelfUpdate.RENAME, new Request(name, "winner"), TaskOptions.DEFAULT)
                    .await();
            return true;
        } catch (IllegalStateException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException) {
                return false;
            }
            throw e;
        }
    }
}
