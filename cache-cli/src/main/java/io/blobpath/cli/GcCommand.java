package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStoreOptions;
import io.blobpath.store.blob.GarbageCollector;
import io.blobpath.store.blob.GcOptions;
import io.blobpath.store.blob.GcReport;
import io.blobpath.store.blob.RepositoryName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Removes the blobs that no manifest of their repository refers to, and dead uploads.",
            "Nothing is changed without --apply. Others may use the store meanwhile if they use blobpath and the same cache;"
                    + " other programs must not write to it."
        },
        footer = {
            "  blobpath gc /srv/registry                       # what would go",
            "  blobpath gc /srv/registry --apply",
            "  blobpath gc /srv/registry --repository team/app --grace 7d --json"
        })
final class GcCommand extends StoreCommand {
    @Option(names = "--apply", description = "Remove it.")
    private boolean apply;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description =
                    "How old a blob must be to go, such as 24h, which is the default, or 7d. Longer than any push.")
    private Duration grace = GcOptions.GRACE;

    @Option(
            names = "--untagged",
            paramLabel = "TIME",
            description = "How long a manifest stays after its last tag moved to another one; as long as --grace if not"
                    + " given.")
    private @Nullable Duration untagged;

    @Option(
            names = "--slice",
            paramLabel = "TIME",
            description = "How long pushes to a repository may be kept waiting at a stretch; 200ms if not given.")
    private Duration slice = GcOptions.SLICE;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Remove at most so many blobs in a second; 0, the default, for as many as it can.")
    private int rate;

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            description = "Collect this repository only; may be given several times.")
    private List<RepositoryName> repositories = new ArrayList<>();

    GcCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String task() {
        return apply ? "gc --apply" : "gc";
    }

    @Override
    void check() {
        options();
    }

    @Override
    boolean changes() {
        return apply;
    }

    @Override
    int run(StoreRoot store, BlobPathCache cache, StoreListener listener) throws IOException {
        GcOptions options = options();
        GcReport report = new GarbageCollector(store, cache, BlobStoreOptions.defaults(), listener).collect(options);
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            new GcText(terminal).report(report, options.grace());
        }
        return exitCode(report.problems());
    }

    private GcOptions options() {
        try {
            return new GcOptions(apply, grace, slice, rate, repositories, Optional.ofNullable(untagged));
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }
}
