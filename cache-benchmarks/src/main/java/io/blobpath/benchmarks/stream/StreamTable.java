package io.blobpath.benchmarks.stream;

import static io.blobpath.benchmarks.report.Goal.NONE;
import static io.blobpath.benchmarks.report.Goal.atLeast;
import static io.blobpath.benchmarks.report.Goal.atMost;
import static io.blobpath.benchmarks.report.Unit.KIBIBYTES;
import static io.blobpath.benchmarks.report.Unit.MEBIBYTES_PER_SECOND;
import static io.blobpath.benchmarks.report.Unit.MICROS;

import io.blobpath.benchmarks.report.Table;

/** What a {@link StreamRun} is compared with, and what the goal is. */
public final class StreamTable {
    private StreamTable() {}

    /** Adds the lines. */
    public static void addTo(Table table) {
        table.compare(
                "stream made, 1 reader",
                "stream miss 1",
                "file written, then read",
                "stream raw",
                MEBIBYTES_PER_SECOND,
                atLeast(0.8));
        table.compare(
                "stream made, 16 readers together",
                "stream miss 16",
                "1 reader",
                "stream miss 1",
                MEBIBYTES_PER_SECOND,
                atLeast(1.5));
        for (String readers : new String[] {"1", "4", "16"}) {
            table.compare(
                    "stream hit, readers together: " + readers,
                    "stream hit " + readers,
                    "bare `transferTo`",
                    "stream raw send " + readers,
                    MEBIBYTES_PER_SECOND,
                    atLeast(0.9));
        }
        table.compare(
                "stream made, window of 1 MiB",
                "stream miss 1 window",
                "no window",
                "stream miss 1",
                MEBIBYTES_PER_SECOND,
                atLeast(0.95));
        table.compare(
                "reader beside one at 10 MB/s",
                "stream fast beside slow",
                "alone",
                "stream fast alone",
                MEBIBYTES_PER_SECOND,
                atLeast(0.95));
        table.absolute("hit of one byte, opened, read and closed", "stream open hit", MICROS, atMost(20));
        table.absolute("byte reaches a waiting reader, p50", "stream first byte p50", MICROS, atMost(200));
        table.absolute("byte reaches a waiting reader, p99", "stream first byte p99", MICROS, NONE);
        table.compare(
                "live heap, large stream half read",
                "stream heap large",
                "stream of 1 MiB",
                "stream heap small",
                KIBIBYTES,
                atMost(1.05));
    }
}
