package io.blobpath.benchmarks;

import io.blobpath.benchmarks.report.Samples;
import io.blobpath.cache.lease.KeyedLocksBenchmark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The JMH benchmarks of what has no peer that is a store; each a JVM of its own in each round. */
final class Suite {
    private static final String HEAP = "-Xmx2g";

    /** The first round is always whole; those that follow end when so much time is over, on a machine that is slow or busy. */
    private static final Duration ENOUGH = Duration.ofMinutes(8);

    private static final List<Class<?>> PARTS = List.of(
            ManyPathsBenchmark.class,
            LeaseBenchmark.class,
            FlightBenchmark.class,
            KeyedLocksBenchmark.class,
            TaskBenchmark.class,
            TaskQueueBenchmark.class);

    private final Profile profile;
    private final int rounds;
    private final Path log;
    private final Samples samples;
    private final Consumer<String> talk;

    Suite(Profile profile, int rounds, Path log, Samples samples, Consumer<String> talk) {
        this.profile = profile;
        this.rounds = rounds;
        this.log = log;
        this.samples = samples;
        this.talk = talk;
    }

    void run() throws RunnerException {
        long start = System.nanoTime();
        for (int round = 1; round <= rounds; round++) {
            for (Class<?> part : PARTS) {
                if (round > 1 && System.nanoTime() - start > ENOUGH.toNanos()) {
                    talk.accept("round " + round + " ends here: the machine is slow");
                    return;
                }
                talk.accept("round " + round + " of " + rounds + ": " + part.getSimpleName());
                for (RunResult result : new Runner(options(part, round)).run()) {
                    samples.add(
                            name(result.getParams()), result.getPrimaryResult().getScore());
                }
            }
        }
    }

    private Options options(Class<?> part, int round) {
        return new OptionsBuilder()
                .include(part.getSimpleName() + "\\.")
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(profile.warmUpMillis))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(profile.measuredMillis))
                .jvmArgsAppend(HEAP, profile.compiler)
                .shouldFailOnError(true)
                .output(log + "-" + round + "-" + part.getSimpleName() + ".log")
                .build();
    }

    /** The method and the values of its parameters. */
    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        StringBuilder name = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        for (String key : List.of("paths", "queued")) {
            if (params.getParamsKeys().contains(key)) {
                name.append(' ').append(params.getParam(key));
            }
        }
        return name.toString();
    }
}
