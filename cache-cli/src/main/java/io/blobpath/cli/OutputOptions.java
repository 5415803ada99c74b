package io.blobpath.cli;

import picocli.CommandLine.Option;

/** How a command talks; every command has these. */
final class OutputOptions {
    @Option(
            names = Failures.JSON,
            description = "Print one JSON object on stdout instead of text; docs/schema has its form.")
    private boolean json;

    @Option(names = "--no-progress", description = "Say nothing while working.")
    private boolean noProgress;

    boolean json() {
        return json;
    }

    boolean progress() {
        return !noProgress;
    }
}
