package io.blobpath.cli;

import io.blobpath.store.StoreListener;
import io.blobpath.store.index.StoreInspector;
import io.blobpath.store.index.StoreStats;
import java.io.IOException;
import java.io.PrintStream;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = {
            "Tells how much is recorded, and with a root how much disk it takes and dedupe could free.",
            "Answers with exit code 1 if a recorded file is gone or cannot be looked at."
        },
        footer = {"  blobpath stats --root /srv/registry", "  blobpath stats --config blobpath.json --json"})
final class StatsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    StatsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        StatsReport report;
        try (LookOptions.Opened opened = look.open();
                ProgressListener progress = new ProgressListener(terminal, System::nanoTime)) {
            StoreListener listener = output.progress() ? progress : StoreListener.NONE;
            report = new StatsReport(
                    StatsReport.Cache.of(opened.cache().info()),
                    opened.store().map(store -> new StoreInspector(store, opened.cache()).stats(listener)));
        }
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report.cache());
            report.store().ifPresent(this::print);
        }
        boolean sound = report.store()
                .map(store -> store.missing() == 0 && store.problems().errors() == 0)
                .orElse(true);
        return sound ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    private void print(StatsReport.Cache cache) {
        PrintStream out = terminal.out();
        out.println(terminal.bold("cache"));
        line("driver", cache.driver());
        line("store", cache.storeId());
        line("schema", String.valueOf(cache.schema()));
        cache.records().ifPresent(records -> line("records", String.valueOf(records)));
        new TreeMap<>(cache.details()).forEach(this::line);
    }

    private void print(StoreStats store) {
        terminal.out().println(terminal.bold("store"));
        line("digests", String.valueOf(store.digests()));
        line("paths", String.valueOf(store.paths()));
        line(
                "missing",
                store.missing() == 0 ? "none" : terminal.yellow(store.missing() + "; 'blobpath index' forgets them"));
        line("by path", Bytes.text(store.logicalBytes()));
        line("on disk", Bytes.text(store.physicalBytes()));
        line("to gain", Bytes.text(store.duplicateBytes()));
        new ReportText(terminal).problems(store.problems());
    }

    private void line(String name, String value) {
        terminal.out().printf("  %-12s %s%n", name, value);
    }
}
