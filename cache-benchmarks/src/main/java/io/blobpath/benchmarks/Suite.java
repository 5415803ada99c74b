package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.LoadedStore;
import io.blobpath.benchmarks.peer.Product;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.cache.lease.KeyedLocksBenchmark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The JMH benchmarks, round by round: in each round one JVM for each benchmark and peer, peers next to each other. The first round
 * has all peers, those that follow only the one that the goals are about.
 */
final class Suite {
    private static final String HEAP = "-Xmx2g";

    /** The first round is always whole; those that follow end when so much time is over, on a machine that is slow or busy. */
    private static final Duration ENOUGH = Duration.ofMinutes(8);

    private final Profile profile;
    private final int rounds;
    private final Path stores;
    private final Path log;
    private final Samples samples;
    private final Consumer<String> talk;

    /** What runs together: a pattern of methods, with the parameters that have other values than all. */
    private record Part(String pattern, List<String> products, List<String> sorted) {
        static Part all(Class<?> type, String methods) {
            return new Part(type.getSimpleName() + "\\." + methods + "$", List.of(), List.of());
        }

        Part with(Product... chosen) {
            return new Part(pattern, Arrays.stream(chosen).map(Product::name).toList(), sorted);
        }

        Part sorted(boolean order) {
            return new Part(pattern, products, List.of(String.valueOf(order)));
        }
    }

    private static final Product[] ALL = Product.values();
    private static final Product[] NEAREST = {Product.BLOBPATH, Product.LMDBJAVA};

    private static final List<Part> PARTS = List.of(
            Part.all(BatchBenchmark.class, "batch1k").sorted(false).with(ALL),
            Part.all(BatchBenchmark.class, "batch1k").sorted(true).with(NEAREST),
            Part.all(BatchBenchmark.class, "batch4k").sorted(false).with(Product.BLOBPATH),
            Part.all(BatchBenchmark.class, "batch4k").sorted(true).with(Product.BLOBPATH),
            Part.all(ScanBenchmark.class, "scan").with(ALL),
            Part.all(ManyPathsBenchmark.class, ".*"),
            Part.all(LeaseBenchmark.class, ".*"),
            Part.all(FlightBenchmark.class, ".*"),
            Part.all(KeyedLocksBenchmark.class, ".*"),
            Part.all(TaskBenchmark.class, ".*"),
            Part.all(TaskQueueBenchmark.class, ".*"));

    Suite(Profile profile, int rounds, Path stores, Path log, Samples samples, Consumer<String> talk) {
        this.profile = profile;
        this.rounds = rounds;
        this.stores = stores;
        this.log = log;
        this.samples = samples;
        this.talk = talk;
    }

    void run() throws RunnerException {
        long start = System.nanoTime();
        for (int round = 1; round <= rounds; round++) {
            for (Part part : PARTS) {
                if (round > 1 && System.nanoTime() - start > ENOUGH.toNanos()) {
                    talk.accept("round " + round + " ends here: the machine is slow");
                    return;
                }
                talk.accept("round " + round + " of " + rounds + ": " + part.pattern());
                for (RunResult result : new Runner(options(part, round)).run()) {
                    samples.add(
                            name(result.getParams()), result.getPrimaryResult().getScore());
                }
            }
        }
    }

    private org.openjdk.jmh.runner.options.Options options(Part part, int round) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(part.pattern())
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(profile.warmUpMillis))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(profile.measuredMillis))
                .param("size", String.valueOf(profile.size))
                .jvmArgsAppend(HEAP, profile.compiler, "-D" + LoadedStore.FOLDER + "=" + stores)
                .shouldFailOnError(true)
                .output(log + "-" + round + "-" + PARTS.indexOf(part) + ".log");
        if (!part.products().isEmpty()) {
            options.param("product", products(part, round));
        }
        if (!part.sorted().isEmpty()) {
            options.param("sorted", part.sorted().toArray(String[]::new));
        }
        return options.build();
    }

    private static String[] products(Part part, int round) {
        return part.products().stream()
                .filter(product -> round == 1
                        || Arrays.stream(NEAREST).anyMatch(near -> near.name().equals(product)))
                .toArray(String[]::new);
    }

    /** The method and the values of its parameters, without the size: {@code batch1k BLOBPATH true}. */
    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        StringBuilder name = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        for (String key : List.of("product", "sorted", "paths", "queued")) {
            if (params.getParamsKeys().contains(key)) {
                name.append(' ').append(params.getParam(key));
            }
        }
        return name.toString();
    }
}
