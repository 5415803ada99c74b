package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cli.demo.DemoTree;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.dedupe.DedupeOptions;
import io.blobpath.store.dedupe.DedupeReport;
import io.blobpath.store.dedupe.Deduplicator;
import io.blobpath.store.index.IndexOptions;
import io.blobpath.store.index.IndexReport;
import io.blobpath.store.index.Indexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = "Makes a small tree of real OCI images, dedupes it and shows what was gained.",
        footer = {"  blobpath demo", "  blobpath demo --keep /tmp/demo && skopeo inspect oci:/tmp/demo/library/java:17"
        })
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Make the tree in this new or empty folder and leave it there; without it, in a temporary"
                    + " folder that is deleted.")
    private @Nullable Path keep;

    private DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new DemoCommand(terminal)).addSubcommand(new DemoStreamCommand(terminal));
    }

    @Override
    public Integer call() throws IOException {
        if (keep != null) {
            return run(emptyFolder(keep), true);
        }
        Path root = Files.createTempDirectory("blobpath-demo-");
        try {
            return run(root, false);
        } finally {
            FileTree.delete(root);
        }
    }

    private int run(Path root, boolean kept) throws IOException {
        List<String> images = DemoTree.write(root);
        say("made " + Bytes.count(images.size(), "image") + " in " + root + ":");
        images.forEach(image -> say("  " + image));
        StoreRoot store = StoreRoot.open(root);
        try (BlobPathCache cache = CacheSource.embeddedIn(store).open()) {
            Deduplicator deduplicator = new Deduplicator(store, cache, StoreListener.NONE);
            DedupeOptions options = DedupeOptions.defaults();
            heading("blobpath dedupe ROOT");
            DedupeReport dryRun = deduplicator.dedupe(options);
            text(dryRun);
            heading("blobpath dedupe ROOT --apply");
            DedupeReport applied = deduplicator.dedupe(options.withApply(true));
            text(applied);
            heading("blobpath index ROOT --verify");
            IndexReport verified = new Indexer(store, cache, StoreListener.NONE)
                    .index(IndexOptions.defaults().withVerify(true));
            if (output.json()) {
                Json.print(terminal.out(), new DemoReport(root.toString(), kept, images, dryRun, applied, verified));
            } else {
                new ReportText(terminal).index(verified);
            }
            say("");
            say(kept ? "the tree is in " + root : "the tree is deleted; --keep DIR leaves one to look at");
            return StoreCommand.exitCode(verified.problems());
        }
    }

    private void heading(String command) {
        say("");
        say(terminal.bold("$ " + command));
    }

    private void text(DedupeReport report) {
        if (!output.json()) {
            new ReportText(terminal).dedupe(report);
        }
    }

    /** Prints unless stdout belongs to the JSON object. */
    private void say(String line) {
        if (!output.json()) {
            terminal.out().println(line);
        }
    }

    private static Path emptyFolder(Path folder) throws IOException {
        if (Files.exists(folder) && !FileTree.isEmptyFolder(folder)) {
            throw CliException.usage(
                    "cannot make the demo in '" + folder + "': it is not an empty folder; name a new one");
        }
        return Files.createDirectories(folder);
    }
}
