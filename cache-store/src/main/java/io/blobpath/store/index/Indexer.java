package io.blobpath.store.index;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.Verdict;
import io.blobpath.store.walk.BlobFile;
import io.blobpath.store.walk.BlobWalker;
import io.blobpath.store.walk.Workers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes the cache say what is on disk: records every blob, and removes the records of files that are gone.
 *
 * <p>A blob is a regular file at {@code <repository>/blobs/<algorithm>/<hex>} whose name is a digest and which is not empty
 * unless the digest says so. Its content is trusted unless asked to verify; then a blob that does not match is not recorded,
 * and loses the record that it had.
 *
 * <p>Safe at any time beside readers and writers of the store, and beside another index run. Killed or failed half-way, it
 * leaves the records that it had made, all true; the next run does the rest.
 */
public final class Indexer {
    private final StoreRoot root;
    private final BlobPathCache cache;
    private final StoreListener listener;

    /** An indexer of the store at the root. The cache stays open. */
    public Indexer(StoreRoot root, BlobPathCache cache, StoreListener listener) {
        this.root = root;
        this.cache = cache;
        this.listener = listener;
    }

    /**
     * Indexes.
     *
     * @throws io.blobpath.cache.BlobPathCacheException if the cache failed; what was recorded before stays
     */
    public IndexReport index(IndexOptions options) {
        ProblemLog problems = new ProblemLog(listener);
        IndexTally tally = new IndexTally();
        listener.started(StorePhase.INDEX, OptionalLong.empty());
        long repositories;
        try (Workers workers = new Workers("index", options.threads())) {
            BlobWalker<?> walker = options.verify()
                    ? new BlobWalker<>(root, workers, problems, root.files()::stat, page -> {
                        tally.found(page);
                        record(verified(page, tally, problems), tally);
                    })
                    : new BlobWalker<>(root, workers, problems, root.files()::look, page -> {
                        long bytes = tally.found(page);
                        record(page, tally);
                        listener.advanced(StorePhase.INDEX, page.size(), bytes);
                    });
            repositories = walker.walk();
        }
        listener.finished(StorePhase.INDEX);
        return tally.report(repositories, removeStale(repositories, tally, problems), problems.problems());
    }

    private void record(List<? extends BlobFile<?>> blobs, IndexTally tally) {
        if (!blobs.isEmpty()) {
            List<BlobRecord> records = new ArrayList<>(blobs.size());
            for (BlobFile<?> blob : blobs) {
                records.add(new BlobRecord(blob.digest(), blob.path()));
            }
            tally.recorded(cache.putAll(records));
        }
    }

    private List<BlobFile<FileState>> verified(List<BlobFile<FileState>> page, IndexTally tally, ProblemLog problems) {
        List<BlobFile<FileState>> good = new ArrayList<>(page.size());
        for (BlobFile<FileState> blob : page) {
            if (isGood(blob, tally, problems)) {
                good.add(blob);
            }
            listener.advanced(StorePhase.INDEX, 1, blob.state().size());
        }
        return good;
    }

    /** Whether to record the blob: not if it is corrupt or gone, else yes, even where that could not be told. */
    private boolean isGood(BlobFile<FileState> blob, IndexTally tally, ProblemLog problems) {
        String path = blob.path().toString();
        try {
            Verdict verdict = BlobHashes.verify(root.files(), blob.digest(), blob.file(), blob.state());
            switch (verdict) {
                case MATCHES -> tally.verified(1);
                case CHANGED -> problems.report(path, ProblemKind.CHANGED, "it changed while it was read");
                case NOT_VERIFIABLE ->
                    problems.report(
                            path, ProblemKind.NOT_VERIFIABLE, "recorded by name; nothing here computes its algorithm");
                case DIFFERS -> {
                    problems.report(path, ProblemKind.CORRUPT, "its bytes do not match its name; not recorded");
                    if (cache.remove(blob.digest(), blob.path()).removed()) {
                        tally.corruptRemoved();
                    }
                }
            }
            return verdict != Verdict.DIFFERS;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            problems.report(path, ProblemKind.UNREADABLE, String.valueOf(e));
            return true;
        }
    }

    private StaleRecords.Outcome removeStale(long repositories, IndexTally tally, ProblemLog problems) {
        OptionalLong records = cache.info().records();
        if (records.isPresent() && records.getAsLong() == tally.records()) {
            return StaleRecords.Outcome.NONE; // As many as files: none is left over, and no file need be asked again.
        }
        if (repositories == 0) {
            problems.report(
                    "", ProblemKind.NO_REPOSITORY, "no OCI image layout found; all records are kept: is it mounted?");
            return new StaleRecords.Outcome(0, records.orElse(0));
        }
        return new StaleRecords(root, cache, problems, listener).remove();
    }
}
