package io.blobpath.cli;

import io.blobpath.store.blob.GcReport;
import io.blobpath.store.blob.KeepReason;
import java.io.PrintStream;
import java.time.Duration;

/** What a collection did, for people. */
final class GcText {
    private final Terminal terminal;
    private final PrintStream out;

    GcText(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    void report(GcReport report, Duration grace) {
        out.println("collected " + Bytes.count(report.repositories(), "repository") + ": "
                + Bytes.count(kept(report, KeepReason.REFERENCED), "blob") + " referred to, "
                + kept(report, KeepReason.YOUNG) + " younger than " + DurationText.of(grace));
        if (report.untagged() > 0) {
            out.println((report.applied() ? "let go of " : "would let go of ")
                    + Bytes.count(report.untagged(), "manifest") + " whose tag moved away long ago");
        }
        long meanwhile = kept(report, KeepReason.REFERENCED_MEANWHILE) + kept(report, KeepReason.YOUNG_MEANWHILE);
        if (meanwhile > 0) {
            out.println("kept " + Bytes.count(meanwhile, "blob") + " that somebody needed meanwhile");
        }
        String garbage = Bytes.count(report.removed(), "blob") + " of " + Bytes.text(report.removedBytes());
        String freed = Bytes.text(report.bytesFreed());
        if (report.removed() == 0) {
            out.println("nothing to remove");
        } else if (report.applied()) {
            out.println(terminal.green("removed " + garbage + " and freed " + freed));
        } else {
            out.println(terminal.green("would remove " + garbage + " and free " + freed));
        }
        if (report.leftovers() > 0) {
            out.println((report.applied() ? "removed " : "would remove ")
                    + Bytes.count(report.leftovers(), "dead upload") + " of " + Bytes.text(report.leftoverBytes()));
        }
        new ReportText(terminal).problems(report.problems());
        if (!report.applied() && report.removed() + report.leftovers() > 0) {
            out.println("nothing was changed; --apply does it");
        }
    }

    private static long kept(GcReport report, KeepReason reason) {
        return report.kept().getOrDefault(reason, 0L);
    }
}
