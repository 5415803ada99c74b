package io.blobpath.lmdb;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.PathSlice;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of one digest, each in the snapshot that it is given. */
final class LmdbLookups {
    private LmdbLookups() {}

    static Optional<BlobPath> canonical(LmdbSnapshot snapshot, Digest digest) {
        byte[] path = canonical(snapshot, LmdbRecords.digestKey(digest));
        return path == null ? Optional.empty() : Optional.of(BlobPath.ofUtf8(path));
    }

    static boolean contains(LmdbSnapshot snapshot, Digest digest, BlobPath wanted) {
        byte[] digestKey = LmdbRecords.digestKey(digest);
        byte[] path = wanted.utf8();
        byte[] canonical = canonical(snapshot, digestKey);
        return canonical != null && (Arrays.equals(canonical, path) || isDuplicate(snapshot, digestKey, path));
    }

    static PathSlice slice(LmdbSnapshot snapshot, Digest digest, Optional<BlobPath> behind, int limit) {
        byte[] digestKey = LmdbRecords.digestKey(digest);
        byte[] canonical = canonical(snapshot, digestKey);
        if (canonical == null) {
            return new PathSlice(Optional.empty(), List.of());
        }
        byte[] after = behind.map(BlobPath::utf8).orElse(null);
        List<byte[]> paths = LmdbDuplicates.list(snapshot, digestKey, after, limit);
        if (after == null || Arrays.compareUnsigned(canonical, after) > 0) {
            int at = -1 - Collections.binarySearch(paths, canonical, Arrays::compareUnsigned);
            paths.add(at, canonical);
        }
        List<BlobPath> slice = paths.stream().limit(limit).map(BlobPath::ofUtf8).toList();
        return new PathSlice(Optional.of(BlobPath.ofUtf8(canonical)), slice);
    }

    /** The digest with its canonical path and up to so many duplicates. */
    static Optional<BlobEntry> entry(LmdbSnapshot snapshot, Digest digest, int most) {
        byte[] digestKey = LmdbRecords.digestKey(digest);
        byte[] canonical = canonical(snapshot, digestKey);
        if (canonical == null) {
            return Optional.empty();
        }
        List<byte[]> found = LmdbDuplicates.list(snapshot, digestKey, null, most + 1);
        List<BlobPath> duplicates =
                found.stream().limit(most).map(BlobPath::ofUtf8).toList();
        return Optional.of(new BlobEntry(digest, BlobPath.ofUtf8(canonical), duplicates, found.size() <= most));
    }

    /** The canonical path of the digest with this key, or null if it is absent. */
    static byte @Nullable [] canonical(LmdbSnapshot snapshot, byte[] digestKey) {
        byte[] value = snapshot.get(digestKey);
        return value == null ? null : LmdbRecords.path(digestKey, digestKey.length, value);
    }

    private static boolean isDuplicate(LmdbSnapshot snapshot, byte[] digestKey, byte[] path) {
        byte[] key = LmdbRecords.pathKey(digestKey, path);
        byte[] value = snapshot.get(key);
        return value != null && Arrays.equals(LmdbRecords.path(key, digestKey.length, value), path);
    }
}
