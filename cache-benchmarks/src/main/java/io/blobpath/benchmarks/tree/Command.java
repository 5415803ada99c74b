package io.blobpath.benchmarks.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program of this machine. */
public final class Command {
    /** The shell prints its own times and then those of what it ran: user and system. */
    private static final String TIMED = "\"$@\" >/dev/null 2>&1 && times";

    /** What the system counts the time of processors in; less is told as this. */
    private static final double TICK_MILLIS = 10;

    private final List<String> words;

    /**
     * What a run took.
     *
     * @param millis from start to end
     * @param processorMillis of all processors, for the user and in the system
     */
    public record Cost(double millis, double processorMillis) {}

    private Command(List<String> words) {
        this.words = words;
    }

    /** One with these words. */
    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** Whether there is such a program. */
    public static boolean exists(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs it with its output thrown away. */
    public Cost run() throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("sh", "-c", TIMED, "sh"));
        timed.addAll(words);
        long start = System.nanoTime();
        String printed = new Command(timed).output().strip();
        double millis = (System.nanoTime() - start) / 1e6;
        int line = printed.lastIndexOf('\n') + 1;
        int gap = printed.indexOf(' ', line);
        double processorMillis = parse(printed.substring(line, gap)) + parse(printed.substring(gap + 1));
        return new Cost(millis, Math.max(TICK_MILLIS, processorMillis));
    }

    /** Runs it; what it printed. */
    public String output() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        check(process);
        return printed;
    }

    /** Milliseconds from a time of the shell, such as 0m1.250s. */
    private static double parse(String time) {
        int minutes = time.indexOf('m');
        return 60_000 * Double.parseDouble(time.substring(0, minutes))
                + 1000 * Double.parseDouble(time.substring(minutes + 1, time.length() - 1));
    }

    private void check(Process process) throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException(words + " ended with " + process.exitValue());
        }
    }
}
