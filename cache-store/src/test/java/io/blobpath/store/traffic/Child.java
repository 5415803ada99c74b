package io.blobpath.store.traffic;

import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A {@link TrafficProcess}, as its test sees it. */
final class Child {
    private final ChildJvm process;
    private final Thread reader;
    private final Semaphore lines = new Semaphore(0);
    private volatile boolean ended;

    private Child(ChildJvm process, Ledger ledger) {
        this.process = process;
        this.reader = new Thread(() -> read(ledger), "test-traffic");
    }

    static Child start(Ledger ledger, Path config, Path root, int node, long seed) throws IOException {
        ChildJvm process = ChildJvm.start(
                TrafficProcess.class, config.toString(), root.toString(), Integer.toString(node), Long.toString(seed));
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
        process.kill();
        reader.join();
    }

    /** With SIGSTOP and, after this time, SIGCONT. */
    void stopFor(Duration time) throws IOException, InterruptedException {
        process.signal("STOP");
        if (!process.endsWithin(time)) {
            process.signal("CONT");
        }
    }

    /** Lets it end, wherever it is. */
    void end() throws InterruptedException {
        try {
            process.endInput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var unused = process.exitCode();
        reader.join();
    }

    private void read(Ledger ledger) {
        try {
            for (String line = process.readLine(); line != null; line = process.readLine()) {
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
