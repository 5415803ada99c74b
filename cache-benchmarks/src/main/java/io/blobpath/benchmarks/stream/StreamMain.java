package io.blobpath.benchmarks.stream;

import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.benchmarks.report.Table;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the stream cache alone and prints its table: {@code StreamMain MEBIBYTES ROUNDS}. Talk goes to stderr. */
final class StreamMain {
    private StreamMain() {}

    public static void main(String[] args) throws Exception {
        Samples samples = new Samples();
        Path folder = Files.createTempDirectory("blobpath-streams");
        try {
            try (StreamRun run = new StreamRun(folder, Integer.parseInt(args[0]), samples, StreamMain::talk)) {
                run.measure(Integer.parseInt(args[1]));
            }
        } finally {
            Folders.delete(folder);
        }
        Table table = new Table(samples);
        StreamTable.addTo(table);
        System.out.print(table.markdown());
    }

    private static void talk(String message) {
        System.err.println(message);
    }
}
