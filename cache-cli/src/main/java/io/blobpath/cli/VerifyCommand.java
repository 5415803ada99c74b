package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.StoreVerifier;
import io.blobpath.store.blob.VerifyOptions;
import io.blobpath.store.blob.VerifyReport;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Tells whether a store is whole: every manifest and all that it refers to, every record, and the bytes of"
                    + " every blob.",
            "Changes nothing. Answers with exit code 1 if there is something to mend."
        },
        footer = {
            "  blobpath verify /srv/registry",
            "  blobpath verify /srv/registry --sample 5 --max-time 30m    # each night another part",
            "  blobpath verify /srv/registry --sample 0                   # reads manifests only"
        })
final class VerifyCommand extends StoreCommand {
    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            description = "Read this part of the blobs, another one each time; 100 if not given.")
    private double sample = 100;

    @Option(names = "--max-time", paramLabel = "TIME", description = "Stop reading blobs after this time, such as 30m.")
    private @Nullable Duration maxTime;

    VerifyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String task() {
        return "verify";
    }

    @Override
    boolean changes() {
        return false;
    }

    @Override
    void check() {
        options();
    }

    @Override
    int run(StoreRoot store, BlobPathCache cache, StoreListener listener) {
        VerifyReport report = new StoreVerifier(store, cache, listener).verify(options());
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print(report);
        }
        return exitCode(report.problems());
    }

    private VerifyOptions options() {
        if (!(sample >= 0 && sample <= 100)) {
            throw CliException.usage("--sample was " + sample + " but it must be 0 to 100");
        }
        VerifyOptions options = VerifyOptions.defaults().withSample(sample / 100);
        try {
            return maxTime == null ? options : options.withMaxTime(maxTime);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--max-time: " + e.getMessage());
        }
    }

    private void print(VerifyReport report) {
        PrintStream out = terminal.out();
        out.println("followed " + Bytes.count(report.manifests(), "manifest") + " with "
                + Bytes.count(report.references(), "reference") + " in "
                + Bytes.count(report.repositories(), "repository"));
        out.println("looked at " + Bytes.count(report.records(), "record"));
        out.println("read " + Bytes.count(report.read(), "file") + " of " + Bytes.text(report.readBytes()) + " for "
                + Bytes.count(report.blobs(), "path"));
        new ReportText(terminal).problems(report.problems());
        if (!report.complete()) {
            out.println(terminal.yellow("the time was over before all of it was read"));
        }
        if (report.problems().errors() == 0) {
            out.println(terminal.green("what was looked at is whole"));
        }
    }
}
