package io.blobpath.benchmarks;

import static io.blobpath.benchmarks.report.Goal.NONE;
import static io.blobpath.benchmarks.report.Goal.atLeast;
import static io.blobpath.benchmarks.report.Goal.atMost;
import static io.blobpath.benchmarks.report.Unit.BYTES;
import static io.blobpath.benchmarks.report.Unit.KIBIBYTES;
import static io.blobpath.benchmarks.report.Unit.MICROS;
import static io.blobpath.benchmarks.report.Unit.MILLIS;
import static io.blobpath.benchmarks.report.Unit.NANOS;
import static io.blobpath.benchmarks.report.Unit.PER_SECOND;

import io.blobpath.benchmarks.peer.Product;
import io.blobpath.benchmarks.report.Goal;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.benchmarks.report.Table;
import io.blobpath.benchmarks.store.StoreTable;
import io.blobpath.benchmarks.stream.StreamTable;
import io.blobpath.benchmarks.tree.TreeRun;
import java.util.List;

/** What is compared with what, and what the goal is. */
final class Comparisons {
    private static final List<Product> OTHERS = List.of(Product.ROCKSDB, Product.SQLITE, Product.MVSTORE);

    private final Table table;

    private Comparisons(Table table) {
        this.table = table;
    }

    static String markdown(Samples samples) {
        Table table = new Table(samples);
        Comparisons comparisons = new Comparisons(table);
        comparisons.stores();
        comparisons.manyPaths();
        comparisons.leases();
        comparisons.tasks();
        StreamTable.addTo(table);
        StoreTable.addTo(table);
        comparisons.trees();
        return table.markdown();
    }

    private void stores() {
        peers("canonical, 1 thread", "get1", atLeast(0.7), atLeast(1));
        peers("canonical, 2 threads", "get2", atLeast(0.7), atLeast(1));
        peers("durable put, 1 thread", "put1", atLeast(0.9), NONE);
        peers("durable put, 64 threads", "put64", NONE, NONE);
        table.compare(
                "durable put, 64 threads",
                "put64 BLOBPATH",
                "blobpath, 1 thread",
                "put1 BLOBPATH",
                PER_SECOND,
                atLeast(5));
        Goal batches = atLeast(1.5);
        String bare = Product.LMDBJAVA.title() + ", 1000 in a transaction";
        table.compare("putAll of 1000", "batch1k BLOBPATH false", bare, "batch1k LMDBJAVA false", PER_SECOND, batches);
        table.compare(
                "putAll of 1000, sorted",
                "batch1k BLOBPATH true",
                bare + ", sorted",
                "batch1k LMDBJAVA true",
                PER_SECOND,
                batches);
        table.compare("putAll of 4096", "batch4k BLOBPATH false", bare, "batch1k LMDBJAVA false", PER_SECOND, batches);
        table.compare(
                "putAll of 4096, sorted",
                "batch4k BLOBPATH true",
                bare + ", sorted",
                "batch1k LMDBJAVA true",
                PER_SECOND,
                batches);
        table.compare(
                "putAll of 16384", "batch16k BLOBPATH false", bare, "batch1k LMDBJAVA false", PER_SECOND, batches);
        for (Product other : OTHERS) {
            table.compare(
                    "putAll of 1000",
                    "batch1k BLOBPATH false",
                    other.title(),
                    "batch1k " + other + " false",
                    PER_SECOND,
                    NONE);
        }
        table.absolute("entries scanned", "scanned BLOBPATH", PER_SECOND, atLeast(2_000_000));
        peers("entries scanned", "scanned", NONE, NONE);
        table.absolute("disk for a digest", "disk BLOBPATH", BYTES, atMost(200));
        for (Product other : Product.values()) {
            if (other != Product.BLOBPATH) {
                table.compare("disk for a digest", "disk BLOBPATH", other.title(), "disk " + other, BYTES, NONE);
            }
        }
    }

    private void manyPaths() {
        for (String operation : List.of("contains", "put", "remove", "removeCanonical")) {
            table.compare(
                    operation + ", 100 000 paths",
                    operation + " 100000",
                    "10 paths",
                    operation + " 10",
                    MICROS,
                    atMost(2));
        }
    }

    private void leases() {
        table.absolute("keyed lock, acquire and release", "keyedLock", NANOS, atMost(150));
        table.difference("flight that finds its result, above the probe", "flightHit", "probe", NANOS, atMost(100));
        table.absolute("flight that works", "flight", NANOS, atMost(500));
        table.compare("flight that works", "flight", "Caffeine AsyncCache", "asyncCache", NANOS, NONE);
        table.compare("flight that works", "flight", "computeIfAbsent", "computeIfAbsent", NANOS, NONE);
        table.compare("lease, guarded put, release", "leasedPut", "durable put", "plainPut", MICROS, atMost(2.5));
        table.absolute("hand-off to another JVM, p50", "hand-off p50", MILLIS, atMost(10));
        table.absolute("hand-off to another JVM, p99", "hand-off p99", MILLIS, NONE);
    }

    private void tasks() {
        table.absolute("empty task, in its caller", "calledTask", MICROS, atMost(5));
        table.absolute("empty task, submitted, without a change of threads", "submittedTask", MICROS, atMost(5));
        table.absolute("empty task, on another thread", "pooledTask", MICROS, NONE);
        table.absolute("empty task with ten resources, in its caller", "calledTaskOfTen", MICROS, atMost(2));
        for (String queued : List.of("10000", "100000")) {
            table.compare(
                    "a task ends among " + queued + " on 1000 resources",
                    "endAndSubmit " + queued,
                    "among 1000",
                    "endAndSubmit 1000",
                    MICROS,
                    atMost(2));
        }
    }

    private void trees() {
        commands("`index`, first time", "index first", "`find -printf`", "find", atMost(3));
        commands("`index`, again", "index again", "`find -printf`", "find", NONE);
        table.compare(
                "index in a warm JVM, first time",
                "embedded index first",
                "`find -printf`",
                "embedded find",
                MILLIS,
                atMost(3));
        table.compare(
                "index in a warm JVM, again", "embedded index again", "`find -printf`", "embedded find", MILLIS, NONE);
        for (String tool : List.of("hardlink", "jdupes")) {
            commands("`dedupe --apply`", "dedupe blobpath", "`" + tool + "`", "dedupe " + tool, NONE);
            table.compare(
                    "saved by `dedupe`", "saved blobpath", "`" + tool + "`", "saved " + tool, KIBIBYTES, Goal.same());
        }
        table.absolute("`./blobpath --version`", "version", MILLIS, atMost(500));
    }

    private void commands(String what, String ours, String peerTitle, String theirs, Goal goal) {
        table.compare(what, ours, peerTitle, theirs, MILLIS, goal);
        table.compare(
                what + ", time of the processors",
                ours + TreeRun.PROCESSOR,
                peerTitle,
                theirs + TreeRun.PROCESSOR,
                MILLIS,
                NONE);
    }

    private void peers(String what, String name, Goal bare, Goal others) {
        table.compare(
                what, name + " BLOBPATH", Product.LMDBJAVA.title(), name + " " + Product.LMDBJAVA, PER_SECOND, bare);
        for (Product other : OTHERS) {
            table.compare(what, name + " BLOBPATH", other.title(), name + " " + other, PER_SECOND, others);
        }
    }
}
