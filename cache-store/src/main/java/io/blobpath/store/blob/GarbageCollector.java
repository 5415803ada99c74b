package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.LeaseTimeoutException;
import io.blobpath.cache.lease.Leases;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreInterruptedException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
    private static final Duration WATCH = LeaseOptions.DEFAULT.lease().plusSeconds(10);

    private final StoreRoot root;
    private final BlobPathCache cache;
    private final BlobStoreOptions options;
    private final StoreListener listener;
    private final Clock clock;
    private final Pace.Timer timer;

    /** A collector of the store at the root. The cache stays the caller's to close. */
    public GarbageCollector(StoreRoot root, BlobPathCache cache, BlobStoreOptions options, StoreListener listener) {
        this(root, cache, options, listener, Clock.systemUTC(), Pace.SYSTEM);
    }

    GarbageCollector(
            StoreRoot root,
            BlobPathCache cache,
            BlobStoreOptions options,
            StoreListener listener,
            Clock clock,
            Pace.Timer timer) {
        this.root = root;
        this.cache = cache;
        this.options = options;
        this.listener = listener;
        this.clock = clock;
        this.timer = timer;
    }

    /**
     * Collects. A repository that cannot be collected is reported, and the others are.
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
        BlobFiles blobs = new BlobFiles(root, cache, scratch, clock);
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
        // Not for safety: two collections of one repository would do the work twice.
        Optional<Lease> turn = turn(LeaseName.of("gc:" + name));
        if (turn.isEmpty()) {
            run.problems().report(name.value(), ProblemKind.BUSY, "another collection works on it");
            return;
        }
        try (Lease held = turn.get()) {
            new RepositoryCollection(run, name, held).collect();
        } catch (IOException | InvalidContentException | StoreBusyException e) {
            run.problems().report(name.value(), ProblemKind.NOT_COLLECTED, "left as it is: " + e.getMessage());
        }
    }

    private Optional<Lease> turn(LeaseName name) {
        Leases leases = cache.leases();
        Optional<Lease> free = leases.tryAcquire(name, LeaseOptions.DEFAULT);
        if (free.isPresent() || leases.peek(name).flatMap(LeaseState::remaining).isPresent()) {
            return free;
        }
        // Where the store keeps no time, whoever watches a holder for its whole lease knows that it is dead, and nobody
        // else.
        try {
            return Optional.of(leases.acquire(name, LeaseOptions.DEFAULT.withPatience(WATCH)));
        } catch (LeaseTimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(e);
        }
    }
}
