package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.Leases;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreInterruptedException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.task.ResourceSet;
import io.blobpath.store.task.TaskContext;
import io.blobpath.store.task.TaskOptions;
import io.blobpath.store.task.TaskQueue;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/**
 * Removes the blobs that no manifest of their repository refers to, while others publish, mount, tag and delete, on any number
 * of nodes.
 *
 * <p>Guaranteed, whenever this or anybody else is stopped or killed: no blob goes that a visible manifest refers to; no blob
 * goes that was uploaded, mounted or asked for by {@link BlobStore#stat} within the grace period, so that its manifest can be
 * published; a repository of which anything cannot be followed is left as it is and reported. Other repositories that share a
 * blob's file keep it.
 *
 * <p>Not guaranteed: anything while other programs write to the same repositories, or if the clocks of the nodes differ by more
 * than the grace period.
 *
 * <p>A run that is stopped half-way has lost nothing, and the next one does the rest. {@code docs/gc.md} says more.
 */
public final class GarbageCollector {
    /** Short, since others wait for it to learn that its holder died; and nothing is lost if it is. */
    private static final LeaseOptions TURN = new LeaseOptions(Duration.ofSeconds(6), Duration.ofSeconds(8));

    private static final TaskOptions AT_ONCE = TaskOptions.DEFAULT.withPatience(Duration.ZERO);

    private final StoreRoot root;
    private final BlobPathCache cache;
    private final BlobStoreOptions options;
    private final StoreListener listener;
    private final Clock clock;
    private final Pace.Timer timer;
    private final TaskQueue queue;

    /**
     * A collector of the store at the root, with a queue of its own, in which nothing is left to close. The cache stays the
     * caller's.
     */
    public GarbageCollector(StoreRoot root, BlobPathCache cache, BlobStoreOptions options, StoreListener listener) {
        this(root, cache, options, listener, Clock.systemUTC(), Pace.SYSTEM);
    }

    /**
     * A collector whose tasks are in this queue, where they can be seen and cancelled. It stays the caller's to close, as does
     * the cache; {@link #collect} must not be called by the body of one of its tasks.
     */
    public GarbageCollector(
            StoreRoot root, BlobPathCache cache, BlobStoreOptions options, StoreListener listener, TaskQueue queue) {
        this(root, cache, options, listener, Clock.systemUTC(), Pace.SYSTEM, queue);
    }

    GarbageCollector(
            StoreRoot root,
            BlobPathCache cache,
            BlobStoreOptions options,
            StoreListener listener,
            Clock clock,
            Pace.Timer timer) {
        this(root, cache, options, listener, clock, timer, new TaskQueue(Runnable::run, 0));
    }

    private GarbageCollector(
            StoreRoot root,
            BlobPathCache cache,
            BlobStoreOptions options,
            StoreListener listener,
            Clock clock,
            Pace.Timer timer,
            TaskQueue queue) {
        this.root = root;
        this.cache = cache;
        this.options = options;
        this.listener = listener;
        this.clock = clock;
        this.timer = timer;
        this.queue = queue;
    }

    /**
     * Collects, in this thread. Each repository is a task {@code gc <name>}, whose progress is the number of blobs that were
     * looked at; if it is cancelled, or the repository cannot be collected, that is reported and the others are.
     *
     * @throws io.blobpath.cache.BlobPathCacheException if the cache failed
     * @throws io.blobpath.store.StoreInterruptedException if the thread was interrupted
     */
    public GcReport collect(GcOptions wanted) throws IOException {
        ProblemLog problems = new ProblemLog(listener);
        GcTally tally = new GcTally(wanted.apply());
        Instant now = clock.instant();
        FileTime limit = FileTime.from(now.minus(wanted.grace()));
        Instant untagged = now.minus(wanted.untagged().orElse(wanted.grace()));
        Pace pace = new Pace(timer, wanted);
        List<RepositoryName> names =
                wanted.repositories().isEmpty() ? RepositoryTree.names(root) : wanted.repositories();
        if (names.isEmpty()) {
            problems.report("", ProblemKind.NO_REPOSITORY, "no repository below it: is it mounted?");
        }
        Scratch scratch = new Scratch(root);
        BlobFiles blobs = new BlobFiles(root, cache, clock);
        RepositoryUpdates updates = new RepositoryUpdates(root, cache, scratch, blobs, options);
        GcRun run = new GcRun(root, cache, updates, blobs, limit, untagged, wanted.apply(), pace, tally, problems);
        listener.started(StorePhase.COLLECT, OptionalLong.of(names.size()));
        for (RepositoryName name : names) {
            collect(name, run);
            listener.advanced(StorePhase.COLLECT, 1, 0);
        }
        new Leftovers(root, limit, wanted.apply(), tally, problems).remove();
        listener.finished(StorePhase.COLLECT);
        return tally.report(problems.problems());
    }

    private void collect(RepositoryName name, GcRun run) {
        try {
            queue.run(
                    "gc " + name,
                    ResourceSet.exclusive(name.resource("gc")),
                    task -> collect(name, run, task),
                    AT_ONCE);
        } catch (TimeoutException e) {
            run.problems().report(name.value(), ProblemKind.BUSY, "another collection works on it");
        } catch (CancellationException e) {
            run.problems().report(name.value(), ProblemKind.NOT_COLLECTED, "left as it is: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(e);
        }
    }

    private RepositoryName collect(RepositoryName name, GcRun run, TaskContext task)
            throws InterruptedException, TimeoutException {
        // Not for safety: two collections of one repository would do the work twice.
        try (Lease turn = turn(name.resource("gc").lease())) {
            new RepositoryCollection(run, name, seen -> {
                        task.progress(seen);
                        turn.progress(seen);
                    })
                    .collect();
        } catch (IOException | InvalidContentException | StoreBusyException e) {
            run.problems().report(name.value(), ProblemKind.NOT_COLLECTED, "left as it is: " + e.getMessage());
        }
        return name;
    }

    private Lease turn(LeaseName name) throws InterruptedException, TimeoutException {
        Leases leases = cache.leases();
        Optional<Lease> free = leases.tryAcquire(name, TURN);
        if (free.isPresent()) {
            return free.get();
        }
        // Where the store keeps no time, whoever watches a holder for its whole lease knows that it is dead, and nobody
        // else. A command has seen nothing before.
        boolean dated = leases.peek(name).flatMap(LeaseState::remaining).isPresent();
        return leases.acquire(name, dated ? TURN.withPatience(Duration.ZERO) : TURN);
    }
}
