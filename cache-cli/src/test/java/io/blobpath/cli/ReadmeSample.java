package io.blobpath.cli;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import java.nio.file.Path;
import java.util.Optional;

/** The code in README.md, which {@link DocumentationTest} compares with this file and runs. */
final class ReadmeSample {
    private ReadmeSample() {}

    static Optional<BlobPath> pushed(Path config, String text, String repository) {
        // README begins
        Digest digest = Digest.parse(text); // refuses all but sha256:<64 lower-case hexadecimal digits> and its like
        BlobPath path = BlobPath.of(repository + "/blobs/sha256/" + digest.hex());

        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.load(config))) {
            PutResult put = cache.put(digest, path); // one atomic step, which tells what it decided
            return put.canonical().equals(path)
                    ? Optional.empty() // the first copy: keep it
                    : Optional.of(put.canonical()); // link to the copy that was there first
        }
        // README ends
    }
}
