package io.blobpath.lmdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rows behind a digest's own, in byte order of their paths.
 *
 * <p>The keys have that order, except among long paths that share their first bytes: those are neighbours, ordered by hash.
 * Of such a group the smallest paths are selected with a heap no larger than what is still wanted.
 */
final class LmdbDuplicates {
    private static final Comparator<byte[]> BYTE_ORDER = Arrays::compareUnsigned;

    private final LmdbSnapshot snapshot;
    private final byte[] digestKey;
    private final byte @Nullable [] after;
    private final int limit;
    private final List<byte[]> paths = new ArrayList<>();

    private LmdbDuplicates(LmdbSnapshot snapshot, byte[] digestKey, byte @Nullable [] after, int limit) {
        this.snapshot = snapshot;
        this.digestKey = digestKey;
        this.after = after;
        this.limit = limit;
    }

    /** The paths behind {@code after}, at most so many; the cursor is left somewhere behind the digest's row. */
    static List<byte[]> list(LmdbSnapshot snapshot, byte[] digestKey, byte @Nullable [] after, int limit) {
        boolean row = snapshot.seek(after == null ? digestKey : LmdbRecords.seekKey(digestKey, after));
        return new LmdbDuplicates(snapshot, digestKey, after, limit).collect(row);
    }

    /** The smallest one, or null if there is none. */
    static byte @Nullable [] first(LmdbSnapshot snapshot, byte[] digestKey) {
        List<byte[]> one = list(snapshot, digestKey, null, 1);
        return one.isEmpty() ? null : one.get(0);
    }

    private List<byte[]> collect(boolean positioned) {
        boolean row = positioned;
        while (row && paths.size() < limit) {
            byte[] key = snapshot.key();
            if (!LmdbRecords.belongs(key, digestKey)) {
                break;
            }
            if (LmdbRecords.isHashed(key, digestKey.length)) {
                row = collectGroup(key);
            } else {
                if (key.length > digestKey.length) {
                    addIfBehind(path(key), paths);
                }
                row = snapshot.next();
            }
        }
        return paths;
    }

    private boolean collectGroup(byte[] first) {
        PriorityQueue<byte[]> smallest = new PriorityQueue<>(BYTE_ORDER.reversed());
        int wanted = limit - paths.size();
        boolean row = true;
        for (byte[] key = first; row && LmdbRecords.sameGroup(key, first); key = row ? snapshot.key() : key) {
            addIfBehind(path(key), smallest);
            if (smallest.size() > wanted) {
                smallest.poll();
            }
            row = snapshot.next();
        }
        List<byte[]> group = new ArrayList<>(smallest);
        group.sort(BYTE_ORDER);
        paths.addAll(group);
        return row;
    }

    private byte[] path(byte[] key) {
        return LmdbRecords.path(key, digestKey.length, snapshot.value());
    }

    private void addIfBehind(byte[] path, Collection<byte[]> target) {
        if (after == null || BYTE_ORDER.compare(path, after) > 0) {
            target.add(path);
        }
    }
}
