package io.blobpath.lmdb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.cache.spi.OpenContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/** Digests, paths and open caches for tests. */
final class Fixtures {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Fixtures() {}

    /** A different digest for each number, spread over the whole range. */
    static Digest digest(long number) {
        byte[] bytes = new byte[32];
        new Random(number).nextBytes(bytes);
        return Digest.of(DigestAlgorithm.SHA256, bytes, 0, 32);
    }

    /** A path of 110 bytes, as a layout of images has it. */
    static BlobPath path(Digest digest) {
        return BlobPath.of("registry/library/debian-12345/blobs/sha256/" + digest.hex());
    }

    /** Records of the digests with these numbers. */
    static List<BlobRecord> records(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(Fixtures::digest)
                .map(digest -> new BlobRecord(digest, path(digest)))
                .toList();
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
