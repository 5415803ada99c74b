package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The canonical paths that this handle saw last, of some digests. A put guesses by them what to write, and the conditions of
 * the write tell whether the guess was right; nothing is ever answered from here.
 */
final class Hints {
    /** A power of two; with paths of common length some megabytes at most. */
    private static final int SLOTS = 1 << 13;

    private final AtomicReferenceArray<Map.Entry<Digest, BlobPath>> slots = new AtomicReferenceArray<>(SLOTS);

    Optional<BlobPath> canonical(Digest digest) {
        Map.Entry<Digest, BlobPath> seen = slots.get(slot(digest));
        return seen != null && seen.getKey().equals(digest) ? Optional.of(seen.getValue()) : Optional.empty();
    }

    /** Takes the place of whatever shared the slot. */
    void saw(Digest digest, BlobPath canonical) {
        slots.set(slot(digest), Map.entry(digest, canonical));
    }

    private static int slot(Digest digest) {
        int hash = digest.hashCode();
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
