package io.blobpath.tck;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What a history is made of: each action on a cache, and what the rules say that it does.
 *
 * <p>The model of one digest is its listing: the canonical path, then the others in byte order; empty if the digest is absent.
 */
enum Action {
    PUT {
        @Override
        Object perform(BlobPathCache cache, Digest digest, BlobPath path) {
            return cache.put(digest, path);
        }

        @Override
        Step expected(List<BlobPath> listing, BlobPath path) {
            return afterPut(listing, path);
        }
    },
    PUT_IN_BATCH {
        @Override
        Object perform(BlobPathCache cache, Digest digest, BlobPath path) {
            return cache.putAll(List.of(new BlobRecord(digest, path))).get(0);
        }

        @Override
        Step expected(List<BlobPath> listing, BlobPath path) {
            return afterPut(listing, path);
        }
    },
    REMOVE {
        @Override
        Object perform(BlobPathCache cache, Digest digest, BlobPath path) {
            return cache.remove(digest, path);
        }

        @Override
        Step expected(List<BlobPath> listing, BlobPath path) {
            return afterRemove(listing, path);
        }
    },
    REMOVE_IN_BATCH {
        @Override
        Object perform(BlobPathCache cache, Digest digest, BlobPath path) {
            return cache.removeAll(List.of(new BlobRecord(digest, path))).get(0);
        }

        @Override
        Step expected(List<BlobPath> listing, BlobPath path) {
            return afterRemove(listing, path);
        }
    },
    CANONICAL {
        @Override
        Object perform(BlobPathCache cache, Digest digest, BlobPath path) {
            return cache.canonical(digest);
        }

        @Override
        Step expected(List<BlobPath> listing, BlobPath path) {
            return new Step(listing.stream().findFirst(), listing);
        }
    },
    CONTAINS {
        @Override
        Object perform(BlobPathCache cache, Digest digest, BlobPath path) {
            return cache.contains(digest, path);
        }

        @Override
        Step expected(List<BlobPath> listing, BlobPath path) {
            return new Step(listing.contains(path), listing);
        }
    },
    PATHS {
        @Override
        Object perform(BlobPathCache cache, Digest digest, BlobPath path) {
            return cache.paths(digest, PageRequest.first(100)).paths();
        }

        @Override
        Step expected(List<BlobPath> listing, BlobPath path) {
            return new Step(listing, listing);
        }
    };

    /** What an action answers, and the listing that it leaves. */
    record Step(Object answer, List<BlobPath> listing) {}

    /** Whether it writes. */
    boolean isChange() {
        return this == PUT || this == PUT_IN_BATCH || this == REMOVE || this == REMOVE_IN_BATCH;
    }

    /** Does it. */
    abstract Object perform(BlobPathCache cache, Digest digest, BlobPath path);

    /** What must come of it. */
    abstract Step expected(List<BlobPath> listing, BlobPath path);

    private static Step afterPut(List<BlobPath> listing, BlobPath path) {
        if (listing.contains(path)) {
            return new Step(new PutResult(false, listing.get(0)), listing);
        }
        List<BlobPath> after = new ArrayList<>(listing);
        after.add(path);
        return new Step(new PutResult(true, after.get(0)), Sample.listed(after));
    }

    private static Step afterRemove(List<BlobPath> listing, BlobPath path) {
        int at = listing.indexOf(path);
        if (at < 0) {
            return new Step(RemoveResult.absent(), listing);
        }
        List<BlobPath> after = new ArrayList<>(listing);
        after.remove(at);
        if (after.isEmpty()) {
            return new Step(RemoveResult.lastPath(), after);
        }
        return new Step(at == 0 ? RemoveResult.promoted(after.get(0)) : RemoveResult.duplicate(), after);
    }
}
