package io.blobpath.cli;

import io.blobpath.store.task.TaskAnnouncer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = {
            "Lists the long tasks that run on the store now, in all processes: who runs them, since when, and how far they are.",
            "The progress is what the task told at the last renewal of its lease, some seconds ago at most."
        },
        footer = {"  blobpath tasks --root /srv/registry", "  blobpath tasks --config blobpath.json --json"})
final class TasksCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    TasksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        TasksReport report;
        try (LookOptions.Opened opened = look.open()) {
            Instant now = Instant.now();
            report = new TasksReport(new TaskAnnouncer(opened.cache().leases())
                    .running().stream()
                            .map(task -> TasksReport.Running.of(task, now))
                            .toList());
        }
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report.tasks());
        }
        return ExitCode.OK;
    }

    private void print(List<TasksReport.Running> tasks) {
        if (tasks.isEmpty()) {
            terminal.out().println("no tasks run");
        }
        for (TasksReport.Running task : tasks) {
            terminal.out().println(terminal.bold(LeasesCommand.harmless(task.name())));
            line("holder", LeasesCommand.harmless(task.holder()));
            line("age", String.format(Locale.ROOT, "%.1f s", task.ageMillis() / 1000.0));
            line("progress", Long.toString(task.progress()));
            line("id", LeasesCommand.harmless(task.id()));
        }
    }

    private void line(String name, String value) {
        terminal.out().printf("  %-12s %s%n", name, value);
    }
}
