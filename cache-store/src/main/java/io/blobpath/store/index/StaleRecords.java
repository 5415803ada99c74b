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

/** Removes records whose file is gone. */
final class StaleRecords {
    private final StoreRoot root;
    private final BlobPathCache cache;
    private final ProblemLog problems;
    private final StoreListener listener;
    private long removed;
    private long kept;

    record Outcome(long removed, long kept) {
        static final Outcome NONE = new Outcome(0, 0);
    }

    StaleRecords(StoreRoot root, BlobPathCache cache, ProblemLog problems, StoreListener listener) {
        this.root = root;
        this.cache = cache;
        this.problems = problems;
        this.listener = listener;
    }

    /** Looks at the file of every record; removes the record only if the system says for certain that there is none. */
    Outcome remove() {
        listener.started(StorePhase.STALE, cache.info().records());
        new RecordScan(cache).forEach(this::check);
        listener.finished(StorePhase.STALE);
        return new Outcome(removed, kept);
    }

    private void check(BlobEntry entry, BlobPath path) {
        listener.advanced(StorePhase.STALE, 1, 0);
        Presence presence = presence(path);
        if (presence == Presence.UNKNOWN) {
            kept++;
        } else if (presence == Presence.GONE) {
            remove(entry.digest(), path);
        }
    }

    private void remove(Digest digest, BlobPath path) {
        if (cache.remove(digest, path).removed()) {
            removed++;
        }
        // Whoever wrote the file between our look and the removal found its record there and added none.
        if (presence(path) == Presence.THERE) {
            cache.put(digest, path);
            removed--;
        }
    }

    private Presence presence(BlobPath path) {
        try {
            root.files().stat(root.resolve(path));
            return Presence.THERE;
        } catch (NoSuchFileException e) {
            return Presence.GONE;
        } catch (IOException e) {
            problems.report(path.toString(), ProblemKind.UNREADABLE, "record kept: " + e);
            return Presence.UNKNOWN;
        }
    }
}
