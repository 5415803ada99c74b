package io.blobpath.cli;

import java.io.FileDescriptor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process around {@link Cli}: its streams, its signals and its end. */
public final class Main {
    private static final long PATIENCE_SECONDS = 30;

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    @SuppressWarnings("SystemExitOutsideMain") // This is the main.
    public static void main(String[] args) {
        Terminal terminal = Terminal.of(
                StandardOutput.of(FileDescriptor.out),
                StandardOutput.of(FileDescriptor.err),
                isTerminal("blobpath.stdout"),
                isTerminal("blobpath.stderr"),
                System.getenv());
        CountDownLatch ended = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, ended), "blobpath-stop"));
        int exitCode = ExitCode.ENVIRONMENT;
        try {
            exitCode = Cli.run(terminal, args);
        } catch (OutOfMemoryError e) {
            terminal.err().println("blobpath: out of memory; give Java more, as in BLOBPATH_OPTS=-Xmx4g");
        } finally {
            ended.countDown();
        }
        System.exit(exitCode);
    }

    /**
     * Lets a command that a signal cut short end its step and close the cache. After an ordinary end there is nothing to wait
     * for.
     */
    private static void stop(Thread worker, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("blobpath: did not stop within " + PATIENCE_SECONDS + " s; ended all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isTerminal(String property) {
        return "terminal".equals(System.getProperty(property));
    }
}
