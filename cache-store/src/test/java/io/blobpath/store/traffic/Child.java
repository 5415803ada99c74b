package io.blobpath.store.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A {@link TrafficProcess}, as its test sees it. */
final class Child {
    private final Process process;
    private final Thread reader;
    private final Semaphore lines = new Semaphore(0);
    private volatile boolean ended;

    private Child(Process process, Ledger ledger) {
        this.process = process;
        this.reader = new Thread(() -> read(ledger), "test-traffic");
    }

    static Child start(Ledger ledger, Path config, Path root, int node, long seed) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrafficProcess.class.getName(),
                        config.toString(),
                        root.toString(),
                        Integer.toString(node),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Child child = new Child(process, ledger);
        child.reader.start();
        return child;
    }

    /** Waits until it has told something more, or has ended. */
    void awaitLine() throws InterruptedException {
        lines.drainPermits();
        if (!ended) {
            lines.acquire();
        }
    }

    /** With SIGKILL. What it has told until then is in the ledger afterwards. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** With SIGSTOP and, after this time, SIGCONT. */
    void stopFor(Duration time) throws IOException, InterruptedException {
        signal("STOP");
        if (!process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            signal("CONT");
        }
    }

    /** Lets it end, wherever it is. */
    void end() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.waitFor();
        reader.join();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private void read(Ledger ledger) {
        try (BufferedReader told = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                ledger.take(line);
                lines.release();
            }
        } catch (IOException e) {
            // It was killed in the middle of a line, which then tells nothing.
        } finally {
            ended = true;
            lines.release();
        }
    }
}
