package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of an entry that a change is about, as it was read, and what becomes of it. It knows the head, whether each of the
 * paths asked for is a duplicate and, if a promotion may come, enough of the smallest duplicates.
 */
final class Draft {
    private final Optional<Head> before;
    private final Set<BlobPath> duplicatesBefore;
    private final TreeSet<BlobPath> duplicates;
    private long unknown;
    private @Nullable BlobPath canonical;
    private boolean unchangedAnswers;

    Draft(Optional<Head> before, Collection<BlobPath> known) {
        this.before = before;
        this.duplicatesBefore = Set.copyOf(known);
        this.duplicates = new TreeSet<>(known);
        this.canonical = before.map(Head::canonical).orElse(null);
        this.unknown = before.map(Head::duplicates).orElse(0L) - known.size();
    }

    PutResult put(BlobPath path) {
        BlobPath first = canonical;
        if (first == null) {
            canonical = path;
            return new PutResult(true, path);
        }
        boolean added = !path.equals(first) && duplicates.add(path);
        unchangedAnswers |= !added;
        return new PutResult(added, first);
    }

    RemoveResult remove(BlobPath path) {
        BlobPath first = canonical;
        if (first == null || !path.equals(first)) {
            boolean removed = duplicates.remove(path);
            unchangedAnswers |= !removed;
            return removed ? RemoveResult.duplicate() : RemoveResult.absent();
        }
        canonical = duplicates.pollFirst();
        return canonical == null ? RemoveResult.lastPath() : RemoveResult.promoted(canonical);
    }

    boolean promote(BlobPath path) {
        BlobPath old = canonical;
        if (old != null && duplicates.remove(path)) {
            duplicates.add(old);
            canonical = path;
            return true;
        }
        unchangedAnswers = true;
        return old != null && path.equals(old);
    }

    Optional<Head> before() {
        return before;
    }

    /** The canonical path afterwards; empty if the digest is gone. */
    Optional<BlobPath> canonical() {
        return Optional.ofNullable(canonical);
    }

    /** The head afterwards, with this version if anything changed; empty if the digest is gone. */
    Optional<Head> after(String version) {
        return changed() ? canonical().map(path -> new Head(path, count(), version)) : before;
    }

    /** How many duplicates there are afterwards. */
    long count() {
        return unknown + duplicates.size();
    }

    Set<BlobPath> added() {
        return difference(duplicates, duplicatesBefore);
    }

    Set<BlobPath> removed() {
        return difference(duplicatesBefore, duplicates);
    }

    boolean changed() {
        return !canonical().equals(before.map(Head::canonical))
                || !added().isEmpty()
                || !removed().isEmpty();
    }

    /**
     * Whether the answers hold only if nothing at all changes until the write. Otherwise it is enough that the canonical path
     * is the same and that each path written is where it was.
     */
    boolean pinned() {
        return unchangedAnswers || !canonical().equals(before.map(Head::canonical));
    }

    private static Set<BlobPath> difference(Set<BlobPath> all, Set<BlobPath> without) {
        Set<BlobPath> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
