package io.blobpath.benchmarks.store;

import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.benchmarks.report.Table;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the blob store alone and prints its table: {@code StoreMain MEBIBYTES REPOSITORIES ROUNDS}. Talk goes to stderr. */
final class StoreMain {
    private StoreMain() {}

    public static void main(String[] args) throws Exception {
        Samples samples = new Samples();
        Path folder = Files.createTempDirectory("blobpath-store");
        try {
            new StoreRun(folder, Integer.parseInt(args[0]), Integer.parseInt(args[1]), samples, System.err::println)
                    .measure(Integer.parseInt(args[2]));
        } finally {
            Folders.delete(folder);
        }
        Table table = new Table(samples);
        StoreTable.addTo(table);
        System.out.print(table.markdown());
    }
}
