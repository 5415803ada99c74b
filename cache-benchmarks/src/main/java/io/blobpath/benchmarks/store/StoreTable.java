package io.blobpath.benchmarks.store;

import static io.blobpath.benchmarks.report.Goal.atLeast;
import static io.blobpath.benchmarks.report.Goal.atMost;
import static io.blobpath.benchmarks.report.Unit.MEBIBYTES_PER_SECOND;
import static io.blobpath.benchmarks.report.Unit.MICROS;
import static io.blobpath.benchmarks.report.Unit.MILLIS;
import static io.blobpath.benchmarks.report.Unit.PER_SECOND;

import io.blobpath.benchmarks.report.Table;

/** What a {@link StoreRun} is compared with, and what the goal is. */
public final class StoreTable {
    private StoreTable() {}

    /** Adds the lines. */
    public static void addTo(Table table) {
        table.compare(
                "large new blob published",
                "store new",
                "write, hash, sync, rename",
                "store raw",
                MEBIBYTES_PER_SECOND,
                atLeast(0.8));
        table.compare(
                "large blob published that is stored already",
                "store known",
                "the upload and the stored file hashed",
                "store hash",
                MEBIBYTES_PER_SECOND,
                atLeast(0.8));
        table.absolute("blob mounted, p50", "store mount", MICROS, atMost(1000));
        table.absolute(
                "1,000 repositories of 10 manifests of 10 blobs, marked and listed",
                "store gc large",
                MILLIS,
                atMost(5000));
        table.compare(
                "one repository of the large store",
                "store gc of one, large",
                "of a store with a tenth of them",
                "store gc of one, small",
                MICROS,
                atMost(1.2));
        table.compare(
                "small images pushed during collections",
                "store push beside gc",
                "alone",
                "store push alone",
                PER_SECOND,
                atLeast(0.8));
    }
}
