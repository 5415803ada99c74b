package io.blobpath.store.index;

import io.blobpath.store.Problems;
import io.blobpath.store.file.FileKey;
import io.blobpath.store.file.FileState;
import java.util.HashSet;
import java.util.Set;

/** Adds up a scan, digest by digest. */
final class StatsTally {
    private final Set<FileKey> filesOfDigest = new HashSet<>();
    private long largestOfDigest;
    private long bytesOfDigest;
    private long digests;
    private long paths;
    private long missing;
    private long logicalBytes;
    private long physicalBytes;
    private long duplicateBytes;

    /** The next digest begins. */
    void digest() {
        close();
        digests++;
    }

    /** One more path of the digest. */
    void path(PathInspection seen) {
        paths++;
        if (seen.presence() == Presence.GONE) {
            missing++;
        }
        seen.state().filter(FileState::isRegular).ifPresent(this::file);
    }

    StoreStats stats(Problems problems) {
        close();
        return new StoreStats(digests, paths, missing, logicalBytes, physicalBytes, duplicateBytes, problems);
    }

    private void file(FileState state) {
        logicalBytes += state.size();
        if (filesOfDigest.add(state.key())) {
            bytesOfDigest += state.size();
            largestOfDigest = Math.max(largestOfDigest, state.size());
        }
    }

    private void close() {
        physicalBytes += bytesOfDigest;
        duplicateBytes += bytesOfDigest - largestOfDigest;
        filesOfDigest.clear();
        bytesOfDigest = 0;
        largestOfDigest = 0;
    }
}
