package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.Problems;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * A command that works on the files of one root: opens the root, then the cache, then makes one call with progress, as a task
 * that other processes on the cache see.
 */
abstract class StoreCommand implements Callable<Integer> {
    final Terminal terminal;

    @Mixin
    final OutputOptions output = new OutputOptions();

    @Mixin
    private final CacheOptions caches = new CacheOptions();

    @Parameters(
            paramLabel = "ROOT",
            description = "The folder that holds the repositories: OCI image layouts, at any depth.")
    private @Nullable Path root;

    StoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() throws InterruptedException, IOException, TimeoutException {
        if (root == null) {
            throw new IllegalStateException("picocli refuses a command line without ROOT");
        }
        check();
        StoreRoot store = StoreRoot.open(root);
        try (OpenedCache opened = changes() ? caches.openOrMake(store) : caches.openOrPretend(store)) {
            BlobPathCache cache = opened.cache();
            return new TaskRun(terminal, output)
                    .run(task() + " " + store.path(), cache, listener -> run(store, cache, listener));
        }
    }

    /** What {@code blobpath tasks} calls it, before the root. */
    abstract String task();

    /** Whether it is to change files or records; if not, a cache that is not there is not made. */
    abstract boolean changes();

    /** Refuses options that contradict each other, before anything is opened. */
    void check() {}

    /** Does the work and prints the report. */
    abstract int run(StoreRoot store, BlobPathCache cache, StoreListener listener) throws IOException;

    static int exitCode(Problems problems) {
        return problems.errors() == 0 ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
