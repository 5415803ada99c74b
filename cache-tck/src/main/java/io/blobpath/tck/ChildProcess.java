package io.blobpath.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link ChildMain} and the talk with it. Closing kills it, in whatever state it is. */
final class ChildProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 40;
    private static final int CLOSING_SECONDS = 10;

    private final Process process;
    private final Writer in;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChildProcess(Process process) {
        this.process = process;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        Thread reader = new Thread(this::readAnswers, "child-answers");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildProcess start() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName());
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Opens its cache while the caller goes on. {@link #answers "open"} waits for that. */
    void open(String config, Path directory) {
        tells(directory.toString());
        // No text in JSON has a line break.
        tells(config.replaceAll("\\R", " "));
    }

    /** Whether it closed its cache and may open another one: it lives, and has answered all that it was asked. */
    boolean closesCache() throws InterruptedException {
        if (!process.isAlive() || !answers.isEmpty()) {
            return false;
        }
        try {
            tells(ChildMain.CLOSE);
        } catch (UncheckedIOException e) {
            return false;
        }
        return ChildMain.CLOSED.equals(answers.poll(CLOSING_SECONDS, TimeUnit.SECONDS));
    }

    /** Sends a command without waiting for its answer. */
    void tells(String command) {
        try {
            in.write(command + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the child does not read '" + command + "'", e);
        }
    }

    /** Waits for the next answer. */
    String answer() throws InterruptedException {
        String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("the child did not answer within " + PATIENCE_SECONDS + " s");
        }
        return answer;
    }

    /** Waits for this answer. */
    void answers(String expected) throws InterruptedException {
        String answer = answer();
        if (!answer.equals(expected)) {
            throw new AssertionError("the child answered '" + answer + "' instead of '" + expected + "'");
        }
    }

    String asks(String command) throws InterruptedException {
        tells(command);
        return answer();
    }

    /** Kills it as {@code kill -9} does: it runs nothing more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the child does not die");
        }
    }

    /** Stops it where it is, without its knowing. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    private void readAnswers() {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            out.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            answers.add(e.toString());
        }
        answers.add("(nothing: the child has ended)");
    }

    @Override
    public void close() throws Exception {
        kill();
        in.close();
    }
}
