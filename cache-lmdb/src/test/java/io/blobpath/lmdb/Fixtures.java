package io.blobpath.lmdb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.cache.spi.OpenContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Digests, paths and open caches for tests. */
final class Fixtures {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Fixtures() {}

    /** A different digest for each number, spread over the whole range. */
    static Digest digest(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        for (long i = 0; i < 4; i++) {
            bytes.putLong((number + 1) * 0x9E3779B97F4A7C15L * (2 * i + 1));
        }
        return Digest.of(DigestAlgorithm.SHA256, bytes.array(), 0, 32);
    }

    /** A path of 110 bytes, as a layout of images has it. */
    static BlobPath path(Digest digest) {
        return BlobPath.of("registry/library/debian-1234567/blobs/sha256/" + digest.hex() + "x");
    }

    static BlobPathCache open(Path directory) {
        return BlobPathCaches.open(CacheConfig.of(LmdbOptions.of(directory)));
    }

    static LmdbEnvironment environment(Path directory) {
        return LmdbEnvironments.acquire(LmdbOptions.of(directory), new OpenContext(Optional.empty(), TIMEOUT));
    }

    static void release(LmdbEnvironment environment) {
        if (!LmdbEnvironments.release(environment, Deadline.in(TIMEOUT))) {
            throw new AssertionError("not closed");
        }
    }
}
