package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a command that needs a cache and no files may be given: a root, a config, or both. */
final class LookOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin
    private final CacheOptions caches = new CacheOptions();

    @Option(
            names = "--root",
            paramLabel = "ROOT",
            description = "The folder that holds the repositories; with it the files are looked at too. Needed without"
                    + " --config.")
    private @Nullable Path root;

    /** A cache, and the store if a root was given. */
    record Opened(BlobPathCache cache, Optional<StoreRoot> store) implements AutoCloseable {
        @Override
        public void close() {
            cache.close();
        }
    }

    /** The file of the config, if there is one. */
    Optional<Path> config() {
        return caches.config();
    }

    /** The cache, which has to be there if it is the root's own. */
    Opened open() throws IOException {
        if (root == null) {
            return configured();
        }
        StoreRoot store = StoreRoot.open(root);
        return new Opened(caches.openExisting(store), Optional.of(store));
    }

    /** The cache, which is made if it is not there. */
    Opened openOrMake() throws IOException {
        if (root == null) {
            return configured();
        }
        StoreRoot store = StoreRoot.open(root);
        return new Opened(caches.openOrMake(store).cache(), Optional.of(store));
    }

    private Opened configured() throws IOException {
        if (!caches.hasConfig() && command != null) {
            throw new ParameterException(command.commandLine(), "--root ROOT or --config FILE is needed");
        }
        return new Opened(caches.openConfigured(), Optional.empty());
    }
}
