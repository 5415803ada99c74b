package io.blobpath.cli;

import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Finding;
import io.blobpath.store.StoreListener;
import io.blobpath.store.doctor.CheckResult;
import io.blobpath.store.doctor.StoreDoctor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = {
            "Looks at a cache, its backend and its config, and with a root at the files and the machine below it, for what"
                    + " will make trouble.",
            "Answers with exit code 1 if there is something to mend."
        },
        footer = {"  blobpath doctor --config blobpath.json", "  blobpath doctor --root /srv/registry"})
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        DoctorReport report;
        try (LookOptions.Opened opened = look.open();
                ProgressListener progress = new ProgressListener(terminal, System::nanoTime)) {
            CacheInfo info = opened.cache().info();
            report = DoctorReport.of(
                    info.driver(),
                    info.storeId(),
                    examine(opened, info, output.progress() ? progress : StoreListener.NONE));
        }
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report);
        }
        return report.findings().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    private List<CheckResult> examine(LookOptions.Opened opened, CacheInfo info, StoreListener listener)
            throws IOException {
        List<CheckResult> checks = new ArrayList<>();
        if (look.config().isPresent()) {
            checks.addAll(ConfigChecks.of(look.config().get(), info.driver()));
        }
        checks.addAll(new CacheChecks(opened.cache(), System::nanoTime, Instant.now()).examine());
        if (opened.store().isPresent()) {
            checks.addAll(new StoreDoctor(opened.store().get(), listener).examine());
        }
        return checks;
    }

    private void print(DoctorReport report) {
        if (report.findings().isEmpty()) {
            terminal.out()
                    .println(terminal.green("found nothing to mend") + " in "
                            + Bytes.count(report.checks().size(), "check") + " at driver " + report.driver());
        }
        for (Finding finding : report.findings()) {
            terminal.out().println(terminal.yellow("finding:") + " " + finding.where() + " " + finding.what());
            terminal.out().println("  mend:  " + finding.remedy());
        }
    }
}
