package io.blobpath.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM with the class path of this one, for tests that kill processes, stop them, or have several of them share a store.
 * It starts fast and has 256 MiB of heap. Its errors go where ours go.
 *
 * <p>For one thread, except that any thread may signal and kill it. Closing kills it, in whatever state it is.
 */
public final class ChildJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final BufferedReader told;

    private ChildJvm(Process process) {
        this.process = process;
        this.told = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Runs the main method of a class. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return startBehind(List.of(), main, arguments);
    }

    /** The same with something in front of the command line of Java, such as {@code strace}. */
    public static ChildJvm startBehind(List<String> prefix, Class<?> main, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto", "-Xmx256m"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The next line that it prints; null at the end. */
    public @Nullable String readLine() throws IOException {
        return told.readLine();
    }

    /** All lines that it still prints. */
    public List<String> readAll() {
        return told.lines().toList();
    }

    /** What it prints, as bytes; for those who do not ask for lines. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Writes a line to its input. */
    public void tell(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(UTF_8));
        input.flush();
    }

    /** Ends its input, so that one which waits for it goes on. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends a signal, such as {@code STOP} or {@code CONT}. */
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    /** Waits for its end; whether that came in time. */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until it has ended by itself, and tells its exit code. */
    public int exitCode() throws InterruptedException {
        if (!endsWithin(PATIENCE)) {
            throw new AssertionError("the child does not end");
        }
        return process.exitValue();
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. What it had printed can still be read. */
    public void kill() throws InterruptedException {
        // That of the process itself would also close what it printed.
        process.toHandle().destroyForcibly();
        if (!endsWithin(PATIENCE)) {
            throw new AssertionError("the child does not die");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        try (OutputStream input = process.getOutputStream()) {
            told.close();
        }
    }
}
