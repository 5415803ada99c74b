package io.blobpath.store.blob;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Whether every record names a file that can be its blob. */
final class RecordCheck {
    private final StoreRoot root;
    private final BlobPathCache cache;
    private final ProblemLog problems;
    private final StoreListener listener;
    private long records;

    RecordCheck(StoreRoot root, BlobPathCache cache, ProblemLog problems, StoreListener listener) {
        this.root = root;
        this.cache = cache;
        this.problems = problems;
        this.listener = listener;
    }

    /** Looks at all of them; how many there are. */
    long check() {
        listener.started(StorePhase.COMPARE, cache.info().records());
        new RecordScan(cache).forEach((entry, path) -> {
            records++;
            check(entry.digest(), path);
            listener.advanced(StorePhase.COMPARE, 1, 0);
        });
        listener.finished(StorePhase.COMPARE);
        return records;
    }

    private void check(Digest digest, BlobPath path) {
        if (!StoreLayout.isBlob(digest, path)) {
            stale(digest, path, "no layout has " + digest + " there");
            return;
        }
        try {
            if (!root.files().stat(root.resolve(path)).isRegular()) {
                stale(digest, path, "it is no plain file");
            }
        } catch (NoSuchFileException e) {
            stale(digest, path, "its file is gone");
        } catch (IOException e) {
            problems.report(path.toString(), ProblemKind.UNREADABLE, e + "; look at the disk and at the permissions");
        }
    }

    /** Whoever removes a blob removes its record first: one that is still there was not just being removed. */
    private void stale(Digest digest, BlobPath path, String why) {
        if (cache.contains(digest, path)) {
            problems.report(
                    path.toString(),
                    ProblemKind.STALE_RECORD,
                    "the cache has a record, and " + why + "; rebuild the records");
        }
    }
}
