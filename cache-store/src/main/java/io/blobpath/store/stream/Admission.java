package io.blobpath.store.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * Lets a key in when it was asked for often enough. Counts are kept in two generations; a key that is not asked for during two
 * rotations is forgotten, so the memory is bounded by what is asked for in that time.
 */
final class Admission {
    private final int bypassFirst;
    private final long periodNanos;
    private Map<String, Integer> young = new HashMap<>();
    private Map<String, Integer> old = new HashMap<>();
    private long rotated;

    Admission(int bypassFirst, long periodNanos, long now) {
        this.bypassFirst = bypassFirst;
        this.periodNanos = periodNanos;
        this.rotated = now;
    }

    /** Counts this request, and tells whether the key was asked for often enough before it. */
    boolean admits(StreamKey key, long now) {
        return bypassFirst == 0 || seenBefore(key.name(), now) >= bypassFirst;
    }

    private synchronized int seenBefore(String name, long now) {
        long passed = now - rotated;
        if (passed > periodNanos) {
            // After a long silence both generations are too old.
            old = passed > 2 * periodNanos ? new HashMap<>() : young;
            young = new HashMap<>();
            rotated = now;
        }
        Integer migrated = old.remove(name);
        int seen = Math.max(young.getOrDefault(name, 0), migrated == null ? 0 : migrated);
        // No need to count any further.
        young.put(name, Math.min(seen + 1, bypassFirst));
        return seen;
    }

    synchronized int remembered() {
        return young.size() + old.size();
    }
}
