package io.blobpath.store.index;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the cache says and compares it with the disk. Changes neither. */
public final class StoreInspector {
    private final StoreRoot root;
    private final BlobPathCache cache;

    /** An inspector of the store at the root. The cache stays open. */
    public StoreInspector(StoreRoot root, BlobPathCache cache) {
        this.root = root;
        this.cache = cache;
    }

    /** All paths of one digest. They are held in memory. */
    public BlobInspection inspect(Digest digest) {
        List<PathInspection> paths = new ArrayList<>();
        new RecordScan(cache).paths(digest, path -> paths.add(inspect(path)));
        return new BlobInspection(digest, paths);
    }

    /** Adds up all records, asking for the state of each file. */
    public StoreStats stats(StoreListener listener) {
        ProblemLog problems = new ProblemLog(listener);
        StatsTally tally = new StatsTally();
        RecordScan scan = new RecordScan(cache);
        listener.started(StorePhase.STATS, cache.info().records());
        scan.forEachPage(entries -> {
            for (BlobEntry entry : entries) {
                tally.digest();
                scan.paths(entry, path -> {
                    PathInspection seen = inspect(path);
                    tally.path(seen);
                    if (seen.presence() == Presence.UNKNOWN) {
                        problems.report(path.toString(), ProblemKind.UNREADABLE, seen.detail());
                    }
                    listener.advanced(StorePhase.STATS, 1, 0);
                });
            }
        });
        listener.finished(StorePhase.STATS);
        return tally.stats(problems.problems());
    }

    private PathInspection inspect(BlobPath path) {
        try {
            return new PathInspection(
                    path, Presence.THERE, Optional.of(root.files().stat(root.resolve(path))), "");
        } catch (NoSuchFileException e) {
            return new PathInspection(path, Presence.GONE, Optional.empty(), "there is no such file");
        } catch (IOException e) {
            return new PathInspection(path, Presence.UNKNOWN, Optional.empty(), String.valueOf(e));
        }
    }
}
