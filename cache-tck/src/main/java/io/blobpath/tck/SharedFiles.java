package io.blobpath.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What several processes change together, outside the store: a counter without any protection, and a log of runs. */
record SharedFiles(Path counter, Path runs) {
    static SharedFiles in(Path directory) {
        return new SharedFiles(directory.resolve("counter"), directory.resolve("runs"));
    }

    /** The counter; zero if nobody wrote it. */
    int read() throws IOException {
        return Files.exists(counter) ? Integer.parseInt(Files.readString(counter)) : 0;
    }

    void write(int value) throws IOException {
        Files.writeString(counter, Integer.toString(value));
    }

    /** Notes a run of the work. Short lines that are appended in one call do not mix. */
    void ran(String work) throws IOException {
        Files.writeString(runs, work + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** How often this work ran. */
    long runsOf(String work) throws IOException {
        try (var lines = Files.lines(runs)) {
            return lines.filter(work::equals).count();
        }
    }
}
