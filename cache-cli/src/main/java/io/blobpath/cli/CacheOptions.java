package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Which cache to use: the one of a config file, or an embedded one in the root's own folder. */
final class CacheOptions {
    static final String CONFIG = "--config";

    private static final String EMBEDDED = "lmdb";

    /** The file of the embedded driver that is there if its cache is. */
    private static final String EMBEDDED_FILE = "data.mdb";

    @Option(
            names = CONFIG,
            paramLabel = "FILE",
            description = "Use the cache of this config; see docs/configuration.md. Without it, an embedded cache in"
                    + " ROOT/.blobpath is used, and made if need be.")
    private @Nullable Path config;

    boolean hasConfig() {
        return config != null;
    }

    /** The cache of the config. */
    BlobPathCache openConfigured() {
        if (config == null) {
            throw new IllegalStateException("there is no config");
        }
        return BlobPathCaches.open(CacheConfig.load(config));
    }

    /** The cache for the root. */
    BlobPathCache open(StoreRoot root) {
        return config != null ? openConfigured() : BlobPathCaches.open(embedded(root.ownFolder()));
    }

    /** The cache for the root, which is made if there is none. */
    OpenedCache openOrMake(StoreRoot root) {
        return new OpenedCache(open(root), Optional.empty());
    }

    /** The cache for the root, or an empty one elsewhere if there is none: a dry run makes nothing below the root. */
    OpenedCache openOrPretend(StoreRoot root) throws IOException {
        if (config != null || isIn(root)) {
            return openOrMake(root);
        }
        Path folder = Files.createTempDirectory("blobpath-dry-run-");
        return new OpenedCache(BlobPathCaches.open(embedded(folder)), Optional.of(folder));
    }

    /** The cache for the root if there is one; looking does not make one. */
    BlobPathCache openExisting(StoreRoot root) {
        if (config == null && !isIn(root)) {
            throw CliException.usage("'" + root.path() + "' has no index yet; run 'blobpath index " + root.path()
                    + "' first, or name its cache with --config FILE");
        }
        return open(root);
    }

    private static boolean isIn(StoreRoot root) {
        return Files.exists(root.ownFolder().resolve(EMBEDDED_FILE));
    }

    private static CacheConfig embedded(Path directory) {
        Map<String, Object> keys = Map.of("driver", EMBEDDED, EMBEDDED, Map.of("directory", directory.toString()));
        return CacheConfig.parse(JsonMapper.shared().writeValueAsString(keys), directory);
    }
}
