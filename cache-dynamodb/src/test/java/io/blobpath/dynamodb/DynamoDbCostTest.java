package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What each operation costs: the page for operators has the same numbers. Read units are the server's own count. It counts too
 * few write units in transactions and none for a condition that is false, so that those follow Amazon's rule: two for each item
 * of a transaction, one for any other write.
 */
class DynamoDbCostTest {
    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "TransactGetItems");
    private static final Pattern UNITS = Pattern.compile("\"CapacityUnits\":([0-9.]+)");

    private static final Pattern PART = Pattern.compile("\"(Put|Update|Delete|ConditionCheck)\":\\{");

    private final Fixture fixture = new Fixture();
    private final BlobPathCache cache = fixture.open();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void thePageForOperatorsTellsTheCosts() throws Exception {
        List<String> measured = List.of(
                cost("`put`, first path", () -> cache.put(digest(1), path("m"))),
                cost("`put`, another path", () -> cache.put(digest(1), path("a"))),
                cost("`put`, a path that is recorded", () -> cache.put(digest(1), path("a"))),
                cost("`canonical`", () -> cache.canonical(digest(1))),
                cost("`contains`", () -> cache.contains(digest(1), path("a"))),
                cost("`paths`, several paths", () -> cache.paths(digest(1), PageRequest.first(10))),
                cost("`remove`, a path that is not recorded", () -> cache.remove(digest(1), path("x"))),
                cost("`remove`, a duplicate", () -> cache.remove(digest(1), path("a"))),
                cost("`paths`, one path", () -> cache.paths(digest(1), PageRequest.first(10))),
                cost("`remove`, the last path", () -> cache.remove(digest(1), path("m"))),
                promotion(),
                cost(
                        "`putAll`, 33 first paths",
                        () -> cache.putAll(IntStream.range(100, 133)
                                .mapToObj(number -> new BlobRecord(digest(number), path("a")))
                                .toList())));

        assertThat(measured).isSubsetOf(Fixture.page().lines().toList());
    }

    @Test
    void thePageForOperatorsTellsTheCostsOfLeases() throws Exception {
        LeaseName name = LeaseName.of("work");
        Lease[] held = new Lease[1];
        List<String> measured = List.of(
                cost(
                        "acquire a lease",
                        () -> held[0] = cache.leases()
                                .tryAcquire(name, LeaseOptions.DEFAULT)
                                .orElseThrow()),
                cost("ask for a lease that is held", () -> {
                    try (BlobPathCache other = fixture.open()) {
                        fixture.proxy().forget();
                        other.leases().tryAcquire(name, LeaseOptions.DEFAULT);
                    }
                }),
                cost("release a lease", () -> held[0].close()));

        assertThat(measured).isSubsetOf(Fixture.page().lines().toList());
    }

    /** The cost of a put must not grow with the paths that are there. */
    @Test
    void aPutCostsTheSameWithManyPaths() {
        cache.put(digest(1), path("m"));
        cache.put(digest(1), path("p"));
        String few = cost("", () -> cache.put(digest(1), path("x1")));
        cache.putAll(IntStream.range(0, 1000)
                .mapToObj(number -> new BlobRecord(digest(1), path("p" + number)))
                .toList());

        assertThat(cost("", () -> cache.put(digest(1), path("x2")))).isEqualTo(few);
    }

    /** Its item grows with the paths, and so do the units of each operation. */
    @Test
    void thePageComparesWithThePublicRegistry() throws Exception {
        List<String> measured = new ArrayList<>();
        try (DynamoDbClient client =
                DynamoDbClients.open(fixture.table().options(fixture.proxy().endpoint()), Duration.ofSeconds(10))) {
            for (int paths : List.of(10, 1000)) {
                RegistryAlgorithm registry =
                        new RegistryAlgorithm(client, fixture.table().name(), "of-" + paths);
                measured.add(compared("first path", paths, () -> registry.put("m")));
                registry.fill(IntStream.range(0, paths)
                        .mapToObj(number -> String.format(Locale.ROOT, "team/app-%05d/blobs/sha256/layer", number))
                        .toList());
                measured.add(compared("another path", paths, () -> registry.put("a")));
                measured.add(compared("look-up", paths, registry::get));
                measured.add(compared("a duplicate goes", paths, () -> registry.removeDuplicate("a")));
                measured.add(compared("the canonical path goes", paths, () -> registry.promote("m", "n")));
            }
        }

        assertThat(measured).isSubsetOf(Fixture.page().lines().toList());
    }

    private String compared(String operation, int paths, Runnable call) {
        fixture.proxy().forget();
        call.run();
        List<FaultProxy.Call> calls = fixture.proxy().calls();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.0f |",
                operation,
                paths,
                calls.size(),
                units(calls, true),
                units(calls, false));
    }

    private static double units(List<FaultProxy.Call> calls, boolean reads) {
        return calls.stream()
                .filter(each -> READS.contains(each.operation()) == reads)
                .mapToDouble(DynamoDbCostTest::readUnits)
                .sum();
    }

    private String promotion() {
        cache.put(digest(1), path("m"));
        cache.put(digest(1), path("a"));
        return cost("`remove`, the canonical path of several", () -> cache.remove(digest(1), path("m")));
    }

    private String cost(String operation, Runnable call) {
        fixture.proxy().forget();
        call.run();
        List<FaultProxy.Call> calls = fixture.proxy().calls();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %d |",
                operation,
                calls.size(),
                calls.stream()
                        .filter(each -> READS.contains(each.operation()))
                        .mapToDouble(DynamoDbCostTest::readUnits)
                        .sum(),
                calls.stream()
                        .filter(each -> !READS.contains(each.operation()))
                        .mapToLong(DynamoDbCostTest::writeUnits)
                        .sum());
    }

    private static long writeUnits(FaultProxy.Call call) {
        return call.operation().equals("TransactWriteItems")
                ? 2 * PART.matcher(call.request()).results().count()
                : 1;
    }

    private static double readUnits(FaultProxy.Call call) {
        Matcher units = UNITS.matcher(call.response());
        double sum = 0;
        while (units.find()) {
            sum += Double.parseDouble(units.group(1));
        }
        return sum;
    }
}
