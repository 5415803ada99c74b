package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cache to use: the one of a config file, or an embedded one in the root's own folder. */
final class CacheOptions {
    static final String CONFIG = "--config";

    @Option(
            names = CONFIG,
            paramLabel = "FILE",
            description = "Use the cache of this config; see docs/configuration.md. Without it, an embedded cache in"
                    + " ROOT/.blobpath is used, and made if need be.")
    private @Nullable Path config;

    boolean hasConfig() {
        return config != null;
    }

    /** The file of the config, if there is one. */
    Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    /** The cache of the config. */
    BlobPathCache openConfigured() throws IOException {
        if (config == null) {
            throw new IllegalStateException("there is no config");
        }
        return CacheSource.of(config).open();
    }

    /** The cache for the root, which is made if there is none. */
    OpenedCache openOrMake(StoreRoot root) throws IOException {
        return new OpenedCache(source(root).open(), Optional.empty());
    }

    /** The cache for the root, or an empty one elsewhere if there is none: a dry run makes nothing. */
    OpenedCache openOrPretend(StoreRoot root) throws IOException {
        return source(root).openOrPretend();
    }

    /** The cache for the root if there is one; looking does not make one. */
    BlobPathCache openExisting(StoreRoot root) throws IOException {
        CacheSource source = source(root);
        if (config == null && source.isMissing()) {
            throw CliException.usage("'" + root.path() + "' has no index yet; run 'blobpath index " + root.path()
                    + "' first, or name its cache with --config FILE");
        }
        return source.open();
    }

    private CacheSource source(StoreRoot root) throws IOException {
        return config != null ? CacheSource.of(config) : CacheSource.embeddedIn(root);
    }
}
