package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.index.Difference;
import io.blobpath.store.index.Rebuild;
import io.blobpath.store.index.RebuildReport;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Tells how the records differ from the disk, and with --apply makes them those of the disk.",
            "Others may use the store meanwhile. The cache is mended in place and never emptied."
        },
        footer = {
            "  blobpath rebuild /srv/registry            # the difference",
            "  blobpath rebuild /srv/registry --apply"
        })
final class RebuildCommand extends StoreCommand {
    private static final int MOST_SHOWN = 20;

    @Option(names = "--apply", description = "Add the records that are missing and remove those without a blob.")
    private boolean apply;

    RebuildCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String task() {
        return apply ? "rebuild --apply" : "rebuild";
    }

    @Override
    boolean changes() {
        return apply;
    }

    @Override
    int run(StoreRoot store, BlobPathCache cache, StoreListener listener) {
        RebuildReport report = new Rebuild(store, cache, listener).run(apply);
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report);
        }
        return exitCode(report.problems());
    }

    private void print(RebuildReport report) {
        PrintStream out = terminal.out();
        out.println("found " + Bytes.count(report.blobs(), "blob") + " in "
                + Bytes.count(report.repositories(), "repository"));
        report.differences().stream().limit(MOST_SHOWN).forEach(this::print);
        long rest = report.unrecorded()
                + report.stale()
                - Math.min(MOST_SHOWN, report.differences().size());
        if (rest > 0) {
            out.println(
                    "and " + Bytes.count(rest, "more difference") + "; --json names up to " + RebuildReport.MAX_NAMED);
        }
        String added = Bytes.count(report.unrecorded(), "record");
        String removed = Bytes.count(report.stale(), "stale one");
        if (report.unrecorded() + report.stale() == 0) {
            out.println(terminal.green("the records are those of the disk"));
        } else if (report.applied()) {
            out.println(terminal.green("added " + added + " and removed " + removed));
        } else {
            out.println(terminal.green("would add " + added + " and remove " + removed));
        }
        new ReportText(terminal).problems(report.problems());
        if (!report.applied() && report.unrecorded() + report.stale() > 0) {
            out.println("nothing was changed; --apply does it");
        }
    }

    private void print(Difference difference) {
        String sign = difference.kind() == Difference.Kind.UNRECORDED ? terminal.green("+") : terminal.yellow("-");
        terminal.out().println(sign + " " + difference.path());
    }
}
