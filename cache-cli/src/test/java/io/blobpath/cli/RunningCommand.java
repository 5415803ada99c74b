package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that runs commands at the same time, whose reports nobody reads, so that they never end: what {@link
 * TasksCommandTest} looks at.
 */
final class RunningCommand {
    static final String REPORTING = "reporting";

    /** Stands behind the words of each command. */
    static final String END = ";";

    private RunningCommand() {}

    public static void main(String[] args) {
        List<String> words = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals(END)) {
                String[] command = words.toArray(String[]::new);
                new Thread(() -> run(command)).start();
                words.clear();
            } else {
                words.add(arg);
            }
        }
    }

    private static void run(String[] command) {
        Cli.run(Terminal.plain(new PrintStream(new Stuck(), true, UTF_8), System.err), command);
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
