package io.blobpath.lmdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A second process, which runs {@link ChildMain} on the test's class path. Killed when it is closed. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static ChildJvm start(String command, Path directory, String... arguments) throws IOException {
        return start(List.of(), command, directory, arguments);
    }

    /** With something in front of the command line of Java. */
    static ChildJvm start(List<String> prefix, String command, Path directory, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp"));
        line.add(System.getProperty("java.class.path"));
        line.addAll(List.of(ChildMain.class.getName(), command, directory.toString()));
        line.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Whether the command ends well behind this prefix; for what may be forbidden here. */
    static boolean succeeds(List<String> prefix, String command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(prefix);
        line.add(command);
        return new ProcessBuilder(line).start().waitFor() == 0;
    }

    long pid() {
        return process.pid();
    }

    /** The next line that the child prints, or null at the end. */
    @Nullable
    String readLine() throws IOException {
        return output.readLine();
    }

    /** Everything that the child still prints. */
    List<String> readAll() {
        return output.lines().toList();
    }

    /** Lets a child that waits for its input go on. */
    void resume() throws IOException {
        process.getOutputStream().close();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("the child does not end");
        }
        return process.exitValue();
    }

    /** As {@code kill -9} does; what it had printed can still be read. */
    void kill() throws IOException, InterruptedException {
        signal("KILL");
        process.waitFor();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            output.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
