package io.blobpath.cli;

import java.nio.file.Path;

/** Runs what changes nothing, one after the other in this process, for {@link DryRunTest} to watch. */
final class DryRuns {
    private DryRuns() {}

    /** The first argument is a tree without a cache, the second one with a cache; configs of both lie beside them. */
    public static void main(String[] args) {
        for (String root : args) {
            run("dedupe", root);
            run("dedupe", root, "--undo", "--dry-run");
            run("gc", root, "--grace", "0s");
            run("verify", root);
            run("rebuild", root);
        }
        Path beside = Path.of(args[0]).resolveSibling("configs");
        run(
                "migrate",
                "--from",
                beside.resolve("there.json").toString(),
                "--to",
                beside.resolve("new.json").toString());
        System.exit(0);
    }

    private static void run(String... command) {
        int exitCode = Cli.run(Terminal.plain(System.out, System.err), command);
        if (exitCode > ExitCode.PROBLEMS) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exitCode);
        }
    }
}
