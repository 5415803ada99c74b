package io.blobpath.store.dedupe;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.StoreRootException;
import io.blobpath.store.StoreSpaceException;
import io.blobpath.store.index.IndexOptions;
import io.blobpath.store.index.IndexReport;
import io.blobpath.store.index.Indexer;
import io.blobpath.store.walk.RecordScan;
import io.blobpath.store.walk.Workers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes all copies of a digest share one file by hard links, and gives them files of their own again.
 *
 * <p>Guaranteed: every path names a whole file at every moment, whoever reads meanwhile, whenever this is killed, and after a
 * power cut; no file is linked, or linked to, whose bytes were not read in this run and found to match its name; files that
 * differ in owner or group never share, nor do those that differ in permissions unless {@link DedupeOptions#ignoreMode} says
 * so. {@code docs/dedupe.md} has the rules and what each skip means.
 *
 * <p>Not guaranteed: that a file which another program puts in the place of a copy, in the moment between the last look at it
 * and its rename, survives. Under the name of its digest it has the same bytes.
 *
 * <p>A run that was killed leaves the copies that it had not reached as they were, and at most one name for each thread in
 * {@code .blobpath/tmp}, which the next run deletes.
 */
public final class Deduplicator {
    /** Few, so that no thread is left with a page of large blobs while the others have ended. */
    private static final int ENTRIES_PER_JOB = 20;

    private final StoreRoot root;
    private final BlobPathCache cache;
    private final StoreListener listener;

    /** A deduplicator of the store at the root. The cache stays open. */
    public Deduplicator(StoreRoot root, BlobPathCache cache, StoreListener listener) {
        this.root = root;
        this.cache = cache;
        this.listener = listener;
    }

    /**
     * Indexes the store, then links. Without {@link DedupeOptions#apply} no file of the store is touched, but the same files
     * are read and the same decisions made; the cache is brought up to date in both cases.
     *
     * @throws StoreBusyException if another run changes this store
     * @throws StoreRootException if the cache's own folder below the root cannot be used
     * @throws io.blobpath.cache.BlobPathCacheException if the cache failed; the links made so far stay
     */
    public DedupeReport dedupe(DedupeOptions options) {
        ProblemLog problems = new ProblemLog(listener);
        if (!options.apply()) {
            return dedupe(options, problems, Optional.empty());
        }
        try (Workspace workspace = Workspace.open(root)) {
            workspace.clean(root, problems);
            TouchedFolders touched = new TouchedFolders(root, problems);
            DedupeReport report =
                    dedupe(options, problems, Optional.of(new SharedFile(root.files(), workspace, touched)));
            touched.sync();
            return report;
        }
    }

    /**
     * Gives every path whose file has other names a copy of its own, verified and synced, with the same owner, permissions
     * and time. Without {@link DedupeOptions#apply} it only tells how many that are and what they take.
     *
     * @throws StoreSpaceException if the file system has not the room; nothing was changed
     * @throws StoreBusyException if another run changes this store
     * @throws StoreRootException if the cache's own folder below the root cannot be used
     */
    public UndoReport undo(DedupeOptions options) {
        return new Undo(root, options, listener).run();
    }

    private DedupeReport dedupe(DedupeOptions options, ProblemLog problems, Optional<SharedFile> writer) {
        IndexReport index =
                new Indexer(root, cache, listener).index(IndexOptions.defaults().withThreads(options.threads()));
        DedupeTally tally = new DedupeTally();
        DedupeRun run = new DedupeRun(root, options, problems, tally, new Examiner(root, problems), writer);
        link(run, index.blobs());
        long before = index.logicalBytes() - tally.bytesShared.sum();
        return new DedupeReport(
                options.apply(),
                index,
                index.logicalBytes(),
                before,
                before - tally.bytesFreed.sum(),
                tally.duplicates.sum(),
                tally.alreadyLinked.sum(),
                tally.linked.sum(),
                tally.bytesFreed.sum(),
                problems.problems());
    }

    private void link(DedupeRun run, long paths) {
        RecordScan records = new RecordScan(cache);
        listener.started(StorePhase.DEDUPE, OptionalLong.of(paths));
        try (Workers workers = new Workers("dedupe", run.options().threads())) {
            records.forEachPage(page -> {
                for (int from = 0; from < page.size(); from += ENTRIES_PER_JOB) {
                    List<BlobEntry> entries = page.subList(from, Math.min(from + ENTRIES_PER_JOB, page.size()));
                    workers.run(() -> link(run, records, entries));
                }
            });
            workers.finish();
        }
        listener.finished(StorePhase.DEDUPE);
    }

    private void link(DedupeRun run, RecordScan records, List<BlobEntry> entries) {
        for (BlobEntry entry : entries) {
            long paths = 1;
            if (!entry.complete() || !entry.duplicates().isEmpty()) {
                run.tally().duplicates.increment();
                paths = new DigestDedupe(run, records, entry).run();
            }
            listener.advanced(StorePhase.DEDUPE, paths, 0);
        }
    }
}
