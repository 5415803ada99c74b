package io.blobpath.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * A JVM beside that of the tests, on the same store as a test. It reads one command a line from stdin, answers with one line on stdout,
 * and ends with its stdin, so that it does not outlive whoever started it.
 */
public final class ChildMain {
    static final String CLOSE = "close";
    static final String CLOSED = "closed";

    private ChildMain() {}

    /**
     * Serves one cache after the other. Two lines open one: the directory of the shared files, and the config, which is no
     * argument because it may hold a password.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                serve(Path.of(line), in.readLine(), in, out);
                out.println(CLOSED);
            }
        }
    }

    private static void serve(Path directory, String config, BufferedReader in, PrintStream out) throws IOException {
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.parse(config, directory));
                ChildTasks tasks = new ChildTasks(cache, SharedFiles.in(directory), out::println)) {
            out.println("open");
            for (String line = in.readLine(); line != null && !line.equals(CLOSE); line = in.readLine()) {
                out.println(answer(tasks, line));
            }
        }
    }

    private static String answer(ChildTasks tasks, String line) {
        try {
            return tasks.run(line.split(" "));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "failed: " + e;
        } catch (Exception | AssertionError e) {
            return "failed: " + e;
        }
    }
}
