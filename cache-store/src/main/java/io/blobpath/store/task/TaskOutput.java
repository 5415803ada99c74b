package io.blobpath.store.task;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a task printed, in bounded memory. */
final class TaskOutput {
    /** The most characters that are kept. */
    static final int LIMIT = 16 * 1024;

    private final ArrayDeque<String> lines = new ArrayDeque<>(0);
    private int size;

    synchronized void print(String line) {
        String kept = line.length() > LIMIT ? line.substring(0, LIMIT) : line;
        lines.add(kept);
        size += cost(kept);
        while (size > LIMIT && lines.size() > 1) {
            size -= cost(lines.remove());
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** An empty line takes memory, too. */
    private static int cost(String line) {
        return line.length() + 16;
    }
}
