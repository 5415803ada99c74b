package io.blobpath.cli;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheConfigException;
import io.blobpath.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a line or two on stderr and an exit code; with {@code --json} also into the object. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final String JSON = "--json";
    static final String STACKTRACE = "--stacktrace";

    private static final String PICOCLI_PREFIX = "Error: ";

    private final Terminal terminal;
    private final boolean json;
    private final boolean stacktrace;

    record Failure(int exitCode, String message) {}

    /** What stdout has instead of a report. */
    record FailureReport(Failure error) {}

    /** The arguments are looked at here, because those that cannot be parsed must be answered in the right form too. */
    Failures(Terminal terminal, List<String> arguments) {
        this.terminal = terminal;
        this.json = arguments.contains(JSON);
        this.stacktrace = arguments.contains(STACKTRACE);
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        return tell(e, new Failure(ExitCode.USAGE, inWords(e) + "\nsee '" + name + " --help'"));
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return tell(e, failure(e));
    }

    /** For what happens outside of a command. */
    int tell(Exception e) {
        return tell(e, failure(e));
    }

    private int tell(Exception e, Failure failure) {
        if (stacktrace) {
            e.printStackTrace(terminal.err());
        }
        failure.message().lines().forEach(line -> terminal.err().println(terminal.redOnErr("blobpath:") + " " + line));
        if (json) {
            Json.print(terminal.out(), new FailureReport(failure));
        }
        return failure.exitCode();
    }

    private static Failure failure(Throwable e) {
        if (e instanceof CliException known) {
            return new Failure(known.exitCode(), known.words());
        } else if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
            // Whatever failed then failed because it was to stop.
            return new Failure(ExitCode.INTERRUPTED, "stopped; every file is whole, the next run goes on");
        } else if (e instanceof CacheConfigException config) {
            return new Failure(ExitCode.USAGE, String.join("\n", config.problems()));
        } else if (e instanceof BlobPathCacheException cache) {
            return new Failure(ExitCode.ENVIRONMENT, cache.getMessage());
        } else if (e instanceof StoreException store) {
            return new Failure(exitCode(store), String.valueOf(store.getMessage()));
        } else if (e instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            return failure(wrapped.getCause());
        } else if (e instanceof IOException io) {
            return new Failure(ExitCode.ENVIRONMENT, inWords(io));
        }
        return new Failure(
                ExitCode.ENVIRONMENT,
                "this is a defect of blobpath: " + e + "\nrun it again with " + STACKTRACE
                        + " and report what it prints");
    }

    private static String inWords(ParameterException e) {
        if (e.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
            return refused.getMessage();
        }
        String message = String.valueOf(e.getMessage());
        message = message.startsWith(PICOCLI_PREFIX) ? message.substring(PICOCLI_PREFIX.length()) : message;
        List<String> near = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return near.isEmpty() ? message : message + "; did you mean " + near.get(0) + "?";
    }

    /** A root that is not there was named wrongly; one that cannot be used is the machine's doing. */
    private static int exitCode(StoreException e) {
        return e.getCause() instanceof NoSuchFileException || e.getCause() instanceof NotDirectoryException
                ? ExitCode.USAGE
                : ExitCode.ENVIRONMENT;
    }

    /** Of a file system's exceptions some have nothing but the file's name for a message. */
    private static String inWords(IOException e) {
        if (e instanceof FileSystemException at) {
            String reason = at.getReason();
            if (e instanceof AccessDeniedException) {
                reason = "permission denied; run as a user who may";
            }
            return at.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason + wayOut(reason));
        }
        return String.valueOf(e.getMessage());
    }

    /** What to do about the machine's own failures, which the JDK tells in the system's words only. */
    private static String wayOut(String reason) {
        return switch (reason) {
            case "No space left on device", "Disk quota exceeded" -> "; make room and run it again";
            case "Read-only file system" -> "; find out why it is mounted so, and run it again when it can be written";
            case "Input/output error" -> "; look at the disk and the system's log, and run it again";
            default -> "";
        };
    }
}
