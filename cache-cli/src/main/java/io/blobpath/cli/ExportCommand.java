package io.blobpath.cli;

import io.blobpath.store.StoreListener;
import io.blobpath.store.transfer.RecordExport;
import io.blobpath.store.transfer.TransferReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = "Writes all records to a new file of JSON lines; docs/records.md has their form.",
        footer = {
            "  blobpath export records.jsonl --root /srv/registry",
            "  blobpath export records.jsonl --config blobpath.json"
        })
final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    @Parameters(paramLabel = "FILE", description = "Where to; it must not exist.")
    private @Nullable Path file;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            throw new IllegalStateException("picocli refuses a command line without FILE");
        }
        TransferReport report;
        try (LookOptions.Opened opened = look.open();
                ProgressListener progress = new ProgressListener(terminal, System::nanoTime)) {
            report = write(file, new RecordExport(opened.cache(), output.progress() ? progress : StoreListener.NONE));
        }
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            terminal.out()
                    .println("wrote " + Bytes.count(report.records(), "record") + " of "
                            + Bytes.count(report.digests(), "digest"));
        }
        return ExitCode.OK;
    }

    private static TransferReport write(Path file, RecordExport export) throws IOException {
        OutputStream created = create(file);
        try (OutputStream out = new BufferedOutputStream(created)) {
            return export.write(out);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static OutputStream create(Path file) throws IOException {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw CliException.usage("'" + file + "' exists; name a new file");
        }
    }
}
