package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.transfer.Migration;
import io.blobpath.store.transfer.MigrationOptions;
import io.blobpath.store.transfer.MigrationReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Compares the records of two caches, of whatever drivers, and with --apply copies those of the first to the"
                    + " second before.",
            "Answers with exit code 1 if the second lacks something that the first has."
        },
        footer = {
            "  blobpath migrate --from lmdb.json --to redis.json            # the difference",
            "  blobpath migrate --from lmdb.json --to redis.json --apply",
            "  blobpath migrate --from lmdb.json --to redis.json --apply --progress-file migration.json"
        })
final class MigrateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--from",
            paramLabel = "CONFIG",
            required = true,
            description = "The config of the cache to copy from.")
    private Path from = Path.of("");

    @Option(names = "--to", paramLabel = "CONFIG", required = true, description = "The config of the cache to copy to.")
    private Path to = Path.of("");

    @Option(names = "--apply", description = "Copy. What the second has besides stays.")
    private boolean apply;

    @Option(
            names = "--progress-file",
            paramLabel = "FILE",
            description = "Keep in this file how far it came, and go on there after it was stopped.")
    private @Nullable Path progressFile;

    MigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException, IOException, TimeoutException {
        CacheSource first = CacheSource.of(from);
        if (first.isMissing()) {
            throw CliException.usage("there is no cache where '" + from + "' says; nothing to copy");
        }
        MigrationOptions options = new MigrationOptions(apply, Optional.ofNullable(progressFile));
        try (BlobPathCache source = first.open();
                OpenedCache target = open(CacheSource.of(to))) {
            String name = "migrate " + (apply ? "--apply " : "") + "from " + from + " to " + to;
            return new TaskRun(terminal, output)
                    .run(
                            name,
                            target.cache(),
                            listener -> report(new Migration(source, target.cache(), listener).run(options)));
        }
    }

    private int report(MigrationReport report) {
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report);
        }
        return report.isComplete() ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    private OpenedCache open(CacheSource source) throws IOException {
        return apply ? new OpenedCache(source.open(), Optional.empty()) : source.openOrPretend();
    }

    private void print(MigrationReport report) {
        PrintStream out = terminal.out();
        out.println("the first has " + Bytes.count(report.records(), "record") + " of "
                + Bytes.count(report.digests(), "digest"));
        if (report.applied()) {
            out.println((report.resumed() ? "went on and copied " : "copied ")
                    + Bytes.count(report.added(), "record") + "; " + report.known() + " were there, "
                    + report.promoted() + " made canonical");
        }
        if (report.surplus() > 0) {
            out.println("the second has " + Bytes.count(report.surplus(), "path") + " more for them");
        }
        if (report.isComplete()) {
            out.println(terminal.green("the second has all of them"));
            return;
        }
        out.println("the second lacks " + Bytes.count(report.missing(), "record")
                + ", and has another canonical path for " + Bytes.count(report.otherCanonical(), "digest"));
        out.println(
                report.applied()
                        ? "the first was changed meanwhile; run it again"
                        : "nothing was changed; --apply copies them");
    }
}
