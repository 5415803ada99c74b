package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.dedupe.DedupeOptions;
import io.blobpath.store.dedupe.DedupeReport;
import io.blobpath.store.dedupe.Deduplicator;
import io.blobpath.store.dedupe.UndoReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        description = {
            "Makes all copies of a blob share one file, by hard links.",
            "Nothing is changed without --apply or --undo. A file that does not match its name is left alone and reported."
        },
        footer = {
            "  blobpath dedupe /srv/registry            # what would be gained",
            "  blobpath dedupe /srv/registry --apply",
            "  blobpath dedupe /srv/registry --undo --dry-run    # what that would take",
            "  blobpath dedupe /srv/registry --undo"
        })
final class DedupeCommand extends StoreCommand {
    @ArgGroup
    private @Nullable Action action;

    private static final class Action {
        @Option(names = "--apply", description = "Link the copies.")
        private boolean apply;

        @Option(names = "--undo", description = "Give every path a file of its own again, if there is room for that.")
        private boolean undo;
    }

    @Option(
            names = "--dry-run",
            description = "Change no file and only tell; without --apply and --undo that is so anyway.")
    private boolean dryRun;

    @Option(
            names = "--ignore-mode",
            description = "Link copies of one owner and group even if their permissions differ. Whoever may read one of"
                    + " them may read the shared file.")
    private boolean ignoreMode;

    @Spec
    private @Nullable CommandSpec command;

    DedupeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void check() {
        if (dryRun && applies() && command != null) {
            throw new ParameterException(command.commandLine(), "--apply and --dry-run contradict each other");
        }
    }

    @Override
    String task() {
        String what = undoes() ? "dedupe --undo" : applies() ? "dedupe --apply" : "dedupe";
        return dryRun ? what + " --dry-run" : what;
    }

    @Override
    boolean changes() {
        return applies() || (undoes() && !dryRun);
    }

    @Override
    int run(StoreRoot store, BlobPathCache cache, StoreListener listener) {
        Deduplicator deduplicator = new Deduplicator(store, cache, listener);
        if (undoes()) {
            UndoReport report = deduplicator.undo(DedupeOptions.defaults().withApply(!dryRun));
            if (output.json()) {
                Json.print(terminal.out(), report);
            } else {
                new ReportText(terminal).undo(report);
            }
            return exitCode(report.problems());
        }
        DedupeReport report = deduplicator.dedupe(
                DedupeOptions.defaults().withApply(applies()).withIgnoreMode(ignoreMode));
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            new ReportText(terminal).dedupe(report);
        }
        return Math.max(exitCode(report.problems()), exitCode(report.index().problems()));
    }

    private boolean applies() {
        return action != null && action.apply;
    }

    private boolean undoes() {
        return action != null && action.undo;
    }
}
