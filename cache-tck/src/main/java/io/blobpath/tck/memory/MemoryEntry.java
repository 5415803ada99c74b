package io.blobpath.tck.memory;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.PathSlice;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The paths of one digest, never none. */
final class MemoryEntry {
    private final TreeSet<BlobPath> paths = new TreeSet<>();
    private BlobPath canonical;
    private boolean damaged;

    MemoryEntry(BlobPath first) {
        canonical = first;
    }

    void damage() {
        damaged = true;
    }

    /** This, unless it is damaged. */
    MemoryEntry checked() {
        if (damaged) {
            throw new CacheCorruptedException("the record is damaged; remove the store");
        }
        return this;
    }

    BlobPath canonical() {
        return canonical;
    }

    int size() {
        return paths.size();
    }

    boolean contains(BlobPath path) {
        return paths.contains(path);
    }

    PutResult put(BlobPath path) {
        return new PutResult(paths.add(path), canonical);
    }

    RemoveResult remove(BlobPath path) {
        if (!paths.remove(path)) {
            return RemoveResult.absent();
        }
        if (paths.isEmpty()) {
            return RemoveResult.lastPath();
        }
        if (!path.equals(canonical)) {
            return RemoveResult.duplicate();
        }
        canonical = paths.first();
        return RemoveResult.promoted(canonical);
    }

    /** Makes a path that is here the canonical one; whether it is here. */
    boolean promote(BlobPath path) {
        if (paths.contains(path)) {
            canonical = path;
            return true;
        }
        return false;
    }

    PathSlice slice(Optional<BlobPath> after, int limit) {
        List<BlobPath> ascending = after.map(path -> paths.tailSet(path, false)).orElse(paths).stream()
                .limit(limit)
                .toList();
        return new PathSlice(Optional.of(canonical), ascending);
    }

    BlobEntry snapshot(Digest digest, int most) {
        List<BlobPath> duplicates = paths.stream()
                .filter(path -> !path.equals(canonical))
                .limit(most)
                .toList();
        return new BlobEntry(digest, canonical, duplicates, duplicates.size() == paths.size() - 1);
    }
}
