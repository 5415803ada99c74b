package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** A process that runs a command whose report nobody reads, so that it never ends: what {@link TasksCommandTest} looks at. */
final class RunningCommand {
    static final String REPORTING = "reporting";

    private RunningCommand() {}

    public static void main(String[] args) {
        PrintStream stuck = new PrintStream(new Stuck(), true, UTF_8);
        System.exit(Cli.run(Terminal.plain(stuck, System.err), args));
    }

    /** Says that something is to be written, and waits until nobody is there any more. */
    private static final class Stuck extends OutputStream {
        @Override
        public void write(int something) throws IOException {
            System.out.println(REPORTING);
            if (System.in.read() < 0) {
                throw new IOException("the test is gone");
            }
        }
    }
}
