package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Runs one command line inside this process. */
final class Cli {
    private Cli() {}

    /**
     * Runs the command, and never throws for what a user or the machine did wrong.
     *
     * @return the exit code
     */
    static int run(Terminal terminal, String... args) {
        List<String> arguments = List.of(args);
        Failures failures = new Failures(terminal, arguments);
        CommandLine line = Blobpath.commandLine(terminal, arguments);
        line.setOut(new PrintWriter(terminal.out(), true, UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, UTF_8));
        line.setColorScheme(Help.defaultColorScheme(terminal.outColors() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        int exitCode = line.execute(args);
        if (terminal.out() instanceof StandardOutput out && out.readerIsGone()) {
            return ExitCode
                    .NO_READER; // It had enough, which is no failure: tools that die of SIGPIPE say nothing either.
        }
        if (terminal.out().checkError()) {
            return failures.tell(
                    CliException.environment("stdout cannot be written; the report is not complete", null));
        }
        return exitCode;
    }
}
