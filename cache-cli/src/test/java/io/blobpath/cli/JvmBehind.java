package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Another JVM behind a program that watches or hinders it, such as strace. */
final class JvmBehind {
    private JvmBehind() {}

    /** Runs the class to its end, which has to be a good one, and tells what it printed, errors too. */
    static List<String> run(List<String> before, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2>&1", "sh"));
        all.addAll(before);
        try (ChildJvm child = ChildJvm.startBehind(all, main, arguments)) {
            List<String> printed = child.readAll();
            assertThat(child.exitCode()).as("%s: %s", before, printed).isZero();
            return printed;
        }
    }

    /** What keeps the program from being used here, as seen with a command that does next to nothing; empty if nothing does. */
    static String unfit(List<String> before, String... command) throws InterruptedException {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            int exitCode = process.waitFor();
            return exitCode == 0 ? "" : "ended with " + exitCode + ": " + printed;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
