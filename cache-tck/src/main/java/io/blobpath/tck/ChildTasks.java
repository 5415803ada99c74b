package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.FlightContext;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.SingleFlight;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands of {@link ChildMain}. One thread calls; a command may use many. */
final class ChildTasks implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(2);
    private static final LeaseOptions OPTIONS = new LeaseOptions(LEASE, Duration.ofSeconds(30));
    private static final FlightOptions FLIGHT =
            FlightOptions.builder().lease(LEASE).build();
    private static final LeaseName COUNTER = LeaseName.of("counter");

    private final BlobPathCache cache;
    private final SharedFiles files;
    private final Consumer<String> out;
    private final ExecutorService pool = Executors.newCachedThreadPool(ChildTasks::daemon);
    private final SingleFlight flights;
    private @Nullable DigestLease held;

    ChildTasks(BlobPathCache cache, SharedFiles files, Consumer<String> out) {
        this.cache = cache;
        this.files = files;
        this.out = out;
        this.flights = cache.leases().singleFlight(pool);
    }

    String run(String[] command) throws Exception {
        return switch (command[0]) {
            case "read" -> Integer.toString(files.read());
            case "write" -> write(Integer.parseInt(command[1]));
            case "count" -> count(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
            case "hold" -> hold(Integer.parseInt(command[1]));
            case "put" -> put(path(command[1]));
            case "lost" -> lost();
            case "fly" -> fly(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
            case "hang" -> hang(Integer.parseInt(command[1]));
            default -> throw new IllegalArgumentException("no such command: " + command[0]);
        };
    }

    private String write(int value) throws IOException {
        files.write(value);
        return "written";
    }

    /** Raises the counter under the lease, so often in each of so many threads. */
    private String count(int threads, int times) throws Exception {
        Callable<Void> task = () -> {
            for (int i = 0; i < times; i++) {
                try (Lease lease = cache.leases().acquire(COUNTER, OPTIONS)) {
                    files.write(files.read() + 1);
                }
            }
            return null;
        };
        Race.run(Collections.nCopies(threads, task), pool);
        return "counted";
    }

    private String hold(int number) throws Exception {
        held = cache.leases().acquire(digest(number), OPTIONS);
        return "held " + held.fence();
    }

    private String put(BlobPath path) {
        try {
            holding().put(path);
            return "put";
        } catch (LeaseLostException e) {
            return "refused";
        }
    }

    private String lost() throws Exception {
        return holding().lost().toCompletableFuture().get(20, TimeUnit.SECONDS).name();
    }

    /** Lets so many callers ask for a digest's path, and tells once when all have asked and once when all have it. */
    private String fly(int number, int callers) throws Exception {
        CountDownLatch asked = new CountDownLatch(callers);
        Callable<BlobPath> caller = () -> {
            asked.countDown();
            return flights.run(
                    LeaseName.of(digest(number)),
                    () -> cache.canonical(digest(number)),
                    context -> make(number, context),
                    FLIGHT);
        };
        CompletableFuture<Void> told = CompletableFuture.runAsync(
                () -> {
                    await(asked);
                    out.accept("asked");
                },
                pool);
        Set<BlobPath> made = new HashSet<>(Race.run(Collections.nCopies(callers, caller), pool));
        told.get();
        return "made " + made;
    }

    /** Leads a flight whose work does not end; answers when it has begun. */
    private String hang(int number) throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        var unused = flights.runAsync(
                LeaseName.of(digest(number)),
                Optional::empty,
                context -> {
                    files.ran(Integer.toString(number));
                    working.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                },
                FLIGHT);
        working.await();
        return "working";
    }

    private BlobPath make(int number, FlightContext context) throws IOException {
        files.ran(Integer.toString(number));
        return ((DigestLease) context.lease().orElseThrow())
                .put(path("made-" + number))
                .canonical();
    }

    private DigestLease holding() {
        if (held == null) {
            throw new IllegalStateException("hold first");
        }
        return held;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "child-task");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
