package io.blobpath.cli;

import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.Problems;
import io.blobpath.store.dedupe.DedupeReport;
import io.blobpath.store.dedupe.UndoReport;
import io.blobpath.store.index.IndexReport;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reports for people. */
final class ReportText {
    private static final int MOST_PROBLEMS = 20;

    private final Terminal terminal;
    private final PrintStream out;

    ReportText(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    void index(IndexReport report) {
        found(report);
        out.println("records: " + Bytes.count(report.added(), "new one") + ", " + report.known() + " known, "
                + report.staleRemoved() + " removed");
        if (report.verified() > 0) {
            out.println("verified: " + Bytes.count(report.verified(), "blob") + " match their digests");
        }
        problems(report.problems());
    }

    void dedupe(DedupeReport report) {
        found(report.index());
        String gain = Bytes.text(report.bytesFreed());
        String paths = Bytes.count(report.linked(), "path");
        if (report.linked() == 0) {
            out.println("nothing to link: " + Bytes.count(report.alreadyLinked(), "path") + " share a file already");
        } else if (report.applied()) {
            out.println(terminal.green("linked " + paths + " and freed " + gain));
        } else {
            out.println(terminal.green("would link " + paths + " and free " + gain));
        }
        out.println("on disk: " + Bytes.text(report.physicalBytesBefore()) + " before, "
                + Bytes.text(report.physicalBytesAfter()) + " after ("
                + Bytes.less(report.physicalBytesBefore(), report.physicalBytesAfter()) + ")");
        problems(report.index().problems(), report.problems());
        if (report.problems().named().stream().anyMatch(problem -> problem.kind() == ProblemKind.OTHER_MODE)) {
            out.println("copies of other permissions share files of their own; --ignore-mode gives all of them one");
        }
        if (!report.applied() && report.linked() > 0) {
            out.println("nothing was changed; --apply does it");
        }
    }

    void undo(UndoReport report) {
        out.println((report.applied() ? "gave " : "would give ") + Bytes.count(report.copied(), "path")
                + " a file of their own; that " + (report.applied() ? "took " : "would take ")
                + Bytes.text(report.bytesNeeded()) + ", of " + Bytes.text(report.bytesUsable()) + " that were free");
        problems(report.problems());
        if (!report.applied()) {
            out.println("nothing was changed; without --dry-run it is done");
        }
    }

    /** The errors first, then what was skipped by rule, as far as fits on a screen. */
    void problems(Problems... all) {
        List<Problem> named = Stream.of(all)
                .flatMap(problems -> problems.named().stream())
                .sorted(Comparator.comparing(
                                (Problem problem) -> !problem.kind().isError())
                        .thenComparing(Problem::path))
                .toList();
        named.stream().limit(MOST_PROBLEMS).forEach(this::problem);
        long rest = Stream.of(all).mapToLong(Problems::total).sum() - Math.min(MOST_PROBLEMS, named.size());
        if (rest > 0) {
            out.println("and " + Bytes.count(rest, "more problem") + "; --json names up to " + Problems.MAX_NAMED);
        }
    }

    private void found(IndexReport report) {
        out.println("found " + Bytes.count(report.blobs(), "blob") + " of " + Bytes.text(report.logicalBytes()) + " in "
                + Bytes.count(report.repositories(), "repository"));
    }

    private void problem(Problem problem) {
        String word = problem.kind().isError() ? "problem" : "skipped";
        String kind = problem.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String where = problem.path().isEmpty() ? "the root" : problem.path();
        out.println(terminal.yellow(word + ": " + kind) + ": " + where + ": " + problem.detail());
    }
}
