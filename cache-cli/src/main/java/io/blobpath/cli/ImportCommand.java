package io.blobpath.cli;

import io.blobpath.store.transfer.RecordImport;
import io.blobpath.store.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Checks a file that 'blobpath export' wrote, and with --apply records what it has.",
            "What is recorded already stays; nothing is removed. Reading a file again changes nothing."
        },
        footer = {
            "  blobpath import records.jsonl                          # is it whole?",
            "  blobpath import records.jsonl --root /srv/registry --apply",
            "  blobpath import records.jsonl --config blobpath.json --apply"
        })
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    @Parameters(paramLabel = "FILE", description = "The file to read.")
    private @Nullable Path file;

    @Option(names = "--apply", description = "Record it.")
    private boolean apply;

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException, IOException, TimeoutException {
        if (file == null) {
            throw new IllegalStateException("picocli refuses a command line without FILE");
        }
        if (!Files.isRegularFile(file)) {
            throw CliException.usage("'" + file + "' is no file; name one that 'blobpath export' wrote");
        }
        if (!apply) {
            return report(RecordImport.check(file));
        }
        Path source = file;
        try (LookOptions.Opened opened = look.openOrMake()) {
            return new TaskRun(terminal, output)
                    .run(
                            "import " + source,
                            opened.cache(),
                            listener -> report(RecordImport.apply(source, opened.cache(), listener)));
        }
    }

    private int report(TransferReport report) {
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report);
        }
        return ExitCode.OK;
    }

    private void print(TransferReport report) {
        terminal.out()
                .println("the file has " + Bytes.count(report.records(), "record") + " of "
                        + Bytes.count(report.digests(), "digest"));
        if (report.applied()) {
            terminal.out()
                    .println(terminal.green("added " + report.added()) + "; " + report.known() + " were there, "
                            + report.promoted() + " made canonical");
        } else {
            terminal.out().println("nothing was recorded; --apply does it");
        }
    }
}
