package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.FlightException;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.SingleFlight;
import io.blobpath.cache.lease.Work;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule K1 for work: one node does it, and the others get the result. */
abstract sealed class FlightRules extends GuardRules permits ProcessRules {
    private static final FlightOptions DEFINITIVE = FlightOptions.builder()
            .definitive(failure -> failure instanceof FileNotFoundException, Duration.ofSeconds(30))
            .build();

    @Test
    @Tag("K1")
    public final void twoNodesWithManyCallersRunTheWorkOnceARound() throws Exception {
        needs(Capability.LEASES);
        List<BlobPathCache> nodes = List.of(open(), open());
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            List<SingleFlight> flights =
                    nodes.stream().map(node -> node.leases().singleFlight(pool)).toList();
            for (int round = 0; round < 20; round++) {
                assertOneRun(nodes, flights, round);
            }
        } finally {
            Race.end(pool);
        }
    }

    @Test
    @Tag("K11")
    public final void oneDefinitiveErrorReachesAllOfAHundredWaitersOnTwoNodes() throws Exception {
        needs(Capability.LEASES);
        ExecutorService pool = Executors.newCachedThreadPool();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(100);
        Work<String> work = context -> {
            runs.incrementAndGet();
            asked.await();
            throw new FileNotFoundException("manifest unknown");
        };
        try {
            List<Callable<FlightException>> callers = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                SingleFlight flights = open().leases().singleFlight(pool);
                for (int i = 0; i < 50; i++) {
                    callers.add(() -> failureOf(flights, asked, work));
                }
            }

            List<FlightException> failures = Race.run(callers);

            assertThat(failures).hasSize(100).allSatisfy(failure -> {
                assertThat(failure.isDefinitive()).isTrue();
                assertThat(failure).hasMessageContaining("manifest unknown");
            });
            assertThat(runs).as("runs of the work").hasValue(1);
        } finally {
            Race.end(pool);
        }
    }

    @Test
    @Tag("K3")
    public final void theWorkOfALostLeaseIsInterruptedAndTriedAgain() throws Exception {
        needs(Capability.LEASES);
        BlobPathCache node = open();
        BlobPathCache operator = open();
        ExecutorService pool = Executors.newCachedThreadPool();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        FlightOptions brief =
                FlightOptions.builder().lease(Duration.ofMillis(600)).build();
        try {
            String made = node.leases()
                    .singleFlight(pool)
                    .run(
                            WORK,
                            Optional::empty,
                            context -> {
                                if (runs.incrementAndGet() == 1) {
                                    operator.leases()
                                            .breakLease(
                                                    WORK,
                                                    context.lease()
                                                            .orElseThrow()
                                                            .fence());
                                    never.await();
                                }
                                return "made";
                            },
                            brief);

            assertThat(made).isEqualTo("made");
            assertThat(runs).as("runs of the work").hasValue(2);
        } finally {
            Race.end(pool);
        }
    }

    private static FlightException failureOf(SingleFlight flights, CountDownLatch asked, Work<String> work)
            throws Exception {
        asked.countDown();
        try {
            throw new AssertionError(
                    "a caller was told success: " + flights.run(WORK, Optional::empty, work, DEFINITIVE));
        } catch (FlightException e) {
            return e;
        }
    }

    private static void assertOneRun(List<BlobPathCache> nodes, List<SingleFlight> flights, int round)
            throws Exception {
        AtomicInteger runs = new AtomicInteger();
        LeaseName key = LeaseName.of(digest(round));
        BlobPath made = path("made-in-round-" + round);
        List<Callable<BlobPath>> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            BlobPathCache cache = nodes.get(i % nodes.size());
            SingleFlight flight = flights.get(i % nodes.size());
            callers.add(() -> flight.run(
                    key,
                    () -> cache.canonical(digest(round)),
                    context -> {
                        runs.incrementAndGet();
                        return ((DigestLease) context.lease().orElseThrow())
                                .put(made)
                                .canonical();
                    },
                    FlightOptions.DEFAULT));
        }

        assertThat(Race.run(callers)).as("results of round %d", round).containsOnly(made);
        assertThat(runs).as("runs of the work in round %d", round).hasValue(1);
    }
}
