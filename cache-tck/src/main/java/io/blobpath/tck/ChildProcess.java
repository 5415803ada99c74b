package io.blobpath.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link ChildMain} and the talk with it. Closing kills it, in whatever state it is. */
final class ChildProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 40;
    private static final int CLOSING_SECONDS = 10;

    private final ChildJvm jvm;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChildProcess(ChildJvm jvm) {
        this.jvm = jvm;
        Thread reader = new Thread(this::readAnswers, "child-answers");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildProcess start() throws IOException {
        return new ChildProcess(ChildJvm.start(ChildMain.class));
    }

    /** Opens its cache while the caller goes on. {@link #answers "open"} waits for that. */
    void open(String config, Path directory) {
        tells(directory.toString());
        // No text in JSON has a line break.
        tells(config.replaceAll("\\R", " "));
    }

    /** Whether it closed its cache and may open another one: it lives, and has answered all that it was asked. */
    boolean closesCache() throws InterruptedException {
        if (!jvm.isAlive() || !answers.isEmpty()) {
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
            jvm.tell(command);
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
        jvm.kill();
    }

    /** Stops it where it is, without its knowing. */
    void pause() throws IOException, InterruptedException {
        jvm.signal("STOP");
    }

    /** Lets it go on. */
    void resume() throws IOException, InterruptedException {
        jvm.signal("CONT");
    }

    private void readAnswers() {
        try {
            for (String line = jvm.readLine(); line != null; line = jvm.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            answers.add(e.toString());
        }
        answers.add("(nothing: the child has ended)");
    }

    @Override
    public void close() throws Exception {
        jvm.close();
    }
}
