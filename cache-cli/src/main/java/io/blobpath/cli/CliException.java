package io.blobpath.cli;

import org.jspecify.annotations.Nullable;

/** A failure that the user can mend, with words for them and the exit code. */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String words;

    private CliException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.words = message;
    }

    /** What was asked for cannot be meant. */
    static CliException usage(String message) {
        return new CliException(ExitCode.USAGE, message, null);
    }

    /** What was asked for is right, and the machine refused it. */
    static CliException environment(String message, @Nullable Throwable cause) {
        return new CliException(ExitCode.ENVIRONMENT, message, cause);
    }

    int exitCode() {
        return exitCode;
    }

    String words() {
        return words;
    }
}
