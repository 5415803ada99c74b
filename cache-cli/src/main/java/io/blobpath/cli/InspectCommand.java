package io.blobpath.cli;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.index.StoreInspector;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Lists the paths of a blob: the canonical one first, then the others.",
            "Answers with exit code 1 if the blob is not recorded, or the file of a path is gone."
        },
        footer = {
            "  blobpath inspect --root /srv/registry sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        })
final class InspectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    @Parameters(paramLabel = "DIGEST", description = "Such as sha256:<64 lower-case hexadecimal digits>.")
    private @Nullable Digest digest;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (digest == null) {
            throw new IllegalStateException("picocli refuses a command line without DIGEST");
        }
        InspectReport report;
        try (LookOptions.Opened opened = look.open()) {
            report = opened.store().isPresent()
                    ? InspectReport.of(new StoreInspector(opened.store().get(), opened.cache()).inspect(digest))
                    : unchecked(new RecordScan(opened.cache()), digest);
        }
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report);
        }
        return report.sound() ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    private static InspectReport unchecked(RecordScan records, Digest digest) {
        List<BlobPath> paths = new ArrayList<>();
        records.paths(digest, paths::add);
        return InspectReport.unchecked(digest, paths);
    }

    private void print(InspectReport report) {
        if (!report.recorded()) {
            terminal.out().println(report.digest() + " is not recorded");
            return;
        }
        terminal.out().println(terminal.bold(report.digest()));
        for (InspectReport.PathEntry path : report.paths()) {
            terminal.out().println((path.canonical() ? "  canonical  " : "  duplicate  ") + path.path() + facts(path));
        }
    }

    private String facts(InspectReport.PathEntry path) {
        if (path.state() == InspectReport.State.UNCHECKED) {
            return "";
        }
        return path.file()
                .map(file -> "  " + Bytes.text(file.size()) + ", inode " + file.inode() + ", "
                        + Bytes.count(file.links(), "link"))
                .orElseGet(() -> "  " + terminal.yellow(path.state().name().toLowerCase(Locale.ROOT)));
    }
}
