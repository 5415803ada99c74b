package io.blobpath.cli;

/** What the process answers with; documented in {@code docs/cli.md}. */
final class ExitCode {
    /** Done, nothing to complain of. */
    static final int OK = 0;
    /** Done, and problems were found that are in the report. */
    static final int PROBLEMS = 1;
    /** The command line or the config is wrong; nothing was done. */
    static final int USAGE = 2;
    /** The machine, the backend or a defect of blobpath stood in the way. */
    static final int ENVIRONMENT = 3;
    /** Stopped by Ctrl-C: 128 and the number of the signal, as shells have it. */
    static final int INTERRUPTED = 130;

    /** Whoever read stdout went away: 128 and the number of SIGPIPE. */
    static final int NO_READER = 141;

    private ExitCode() {}
}
