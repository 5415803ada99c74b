package io.blobpath.cli;

import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Finding;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "Looks at the backend of a cache for what endangers its records, such as a server that may drop them.",
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
        try (LookOptions.Opened opened = look.open()) {
            CacheInfo info = opened.cache().info();
            report = new DoctorReport(
                    info.driver(), info.storeId(), opened.cache().findings());
        }
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report);
        }
        return report.findings().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    private void print(DoctorReport report) {
        if (report.findings().isEmpty()) {
            terminal.out().println(terminal.green("found nothing to mend") + " at driver " + report.driver());
        }
        for (Finding finding : report.findings()) {
            terminal.out().println(terminal.yellow("finding:") + " " + finding.where() + " " + finding.what());
            terminal.out().println("  mend:  " + finding.remedy());
        }
    }
}
