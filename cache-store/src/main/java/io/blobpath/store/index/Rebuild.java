package io.blobpath.store.index;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileSight;
import io.blobpath.store.walk.BlobFile;
import io.blobpath.store.walk.BlobWalker;
import io.blobpath.store.walk.RecordScan;
import io.blobpath.store.walk.Workers;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the records those of the disk, after they were lost, restored from a copy, or are in doubt; or tells how they differ.
 *
 * <p>The cache is mended in place, record by record, and never emptied. Whoever reads it meanwhile sees each record as it was or
 * as the disk has it, and at no moment less than before; there is nothing to switch at the end. Blobs are walked first, then the
 * records are looked at, so that a blob which was removed during the walk does not leave its record behind.
 *
 * <p>Others may publish and collect meanwhile, through the same cache. Killed or failed half-way, what was mended is mended, and
 * the next run does the rest. When a run has ended, the records are those of the disk, save for what others were just changing.
 * The canonical path of a digest stays; of one that had none, any of its paths becomes it.
 */
public final class Rebuild {
    private final StoreRoot root;
    private final BlobPathCache cache;
    private final StoreListener listener;
    private final DiskTruth truth;

    /** Of the store at the root. The cache stays open. */
    public Rebuild(StoreRoot root, BlobPathCache cache, StoreListener listener) {
        this.root = root;
        this.cache = cache;
        this.listener = listener;
        this.truth = new DiskTruth(root);
    }

    /**
     * Tells how the records differ from the disk, and mends them if asked.
     *
     * @throws io.blobpath.cache.BlobPathCacheException if the cache failed; what was mended before stays
     * @throws io.blobpath.store.StoreInterruptedException if the thread was interrupted; likewise
     */
    public RebuildReport run(boolean apply) {
        ProblemLog problems = new ProblemLog(listener);
        Differences differences = new Differences();
        AtomicLong blobs = new AtomicLong();
        listener.started(StorePhase.INDEX, OptionalLong.empty());
        long repositories;
        try (Workers workers = new Workers("rebuild", IndexOptions.defaults().threads())) {
            repositories = new BlobWalker<>(root, workers, problems, root.files()::look, page -> {
                        blobs.addAndGet(page.size());
                        record(page, apply, differences);
                        listener.advanced(StorePhase.INDEX, page.size(), 0);
                    })
                    .walk();
        }
        listener.finished(StorePhase.INDEX);
        AtomicLong kept = new AtomicLong();
        if (repositories == 0) {
            problems.report(
                    "", ProblemKind.NO_REPOSITORY, "no OCI image layout found; all records are kept: is it mounted?");
        } else {
            forget(apply, differences, kept, problems);
        }
        return new RebuildReport(
                apply,
                repositories,
                blobs.get(),
                differences.unrecorded(),
                differences.stale(),
                kept.get(),
                differences.named(),
                problems.problems());
    }

    private void record(List<BlobFile<FileSight>> page, boolean apply, Differences differences) {
        if (!apply) {
            page.stream()
                    .filter(blob -> !cache.contains(blob.digest(), blob.path()))
                    .forEach(blob -> differences.unrecorded(blob.digest(), blob.path()));
            return;
        }
        List<PutResult> results = cache.putAll(page.stream()
                .map(blob -> new BlobRecord(blob.digest(), blob.path()))
                .toList());
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).added()) {
                differences.unrecorded(page.get(i).digest(), page.get(i).path());
            }
        }
    }

    private void forget(boolean apply, Differences differences, AtomicLong kept, ProblemLog problems) {
        listener.started(StorePhase.STALE, cache.info().records());
        new RecordScan(cache).forEach((entry, path) -> {
            listener.advanced(StorePhase.STALE, 1, 0);
            try {
                if (!truth.has(entry.digest(), path) && (!apply || isForgotten(entry.digest(), path))) {
                    differences.stale(entry.digest(), path);
                }
            } catch (IOException e) {
                kept.incrementAndGet();
                problems.report(path.toString(), ProblemKind.UNREADABLE, "record kept: " + e);
            }
        });
        listener.finished(StorePhase.STALE);
    }

    private boolean isForgotten(Digest digest, BlobPath path) throws IOException {
        boolean removed = cache.remove(digest, path).removed();
        boolean there = true;
        try {
            there = truth.has(digest, path);
        } finally {
            // Whoever wrote the file between our look and the removal found its record there and added none; and what
            // cannot be looked at keeps its record.
            if (there) {
                cache.put(digest, path);
            }
        }
        return removed && !there;
    }
}
