package io.blobpath.store.index;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.List;

/** Counts differences, and names the first of them. Any thread may add. */
final class Differences {
    private final List<Difference> named = new ArrayList<>();
    private long unrecorded;
    private long stale;

    synchronized void unrecorded(Digest digest, BlobPath path) {
        unrecorded++;
        name(new Difference(Difference.Kind.UNRECORDED, digest, path));
    }

    synchronized void stale(Digest digest, BlobPath path) {
        stale++;
        name(new Difference(Difference.Kind.STALE, digest, path));
    }

    synchronized long unrecorded() {
        return unrecorded;
    }

    synchronized long stale() {
        return stale;
    }

    synchronized List<Difference> named() {
        return List.copyOf(named);
    }

    private void name(Difference difference) {
        if (named.size() < RebuildReport.MAX_NAMED) {
            named.add(difference);
        }
    }
}
