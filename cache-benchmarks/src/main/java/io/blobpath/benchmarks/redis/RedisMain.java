package io.blobpath.benchmarks.redis;

import static io.blobpath.benchmarks.report.Goal.atLeast;
import static io.blobpath.benchmarks.report.Goal.atMost;
import static io.blobpath.benchmarks.report.Unit.MICROS;
import static io.blobpath.benchmarks.report.Unit.MILLIS;
import static io.blobpath.benchmarks.report.Unit.PER_SECOND;

import io.blobpath.benchmarks.report.Goal;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.benchmarks.report.Table;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures the Redis driver beside bare Redisson and prints the table: {@code RedisMain ROUNDS LOG}. Talk goes to stderr. */
final class RedisMain {
    private static final List<List<String>> NEXT_TO_EACH_OTHER = List.of(
            List.of("canonical", "bareGet"),
            List.of("put", "barePut", "registryPut"),
            List.of("putAll", "barePutAll"),
            List.of("lease", "bareLock"));
    private static final TimeValue WARM_UP = TimeValue.seconds(3);
    private static final TimeValue MEASURED = TimeValue.seconds(4);
    private static final double MEDIAN = 50;

    private RedisMain() {}

    public static void main(String[] args) throws Exception {
        Samples samples = new Samples();
        try (RedisProcess server = new RedisProcess()) {
            for (int round = 1; round <= Integer.parseInt(args[0]); round++) {
                for (List<String> methods : NEXT_TO_EACH_OTHER) {
                    System.err.println("round " + round + ": " + methods);
                    for (String method : methods) {
                        samples.add(method, measure(method, server.address(), args[1]));
                    }
                }
                RedisWaits waits = new RedisWaits(server.address());
                samples.add("hand-off", waits.handOff());
                samples.add("drain", waits.drain());
                PipelinedScript.measure(server.address()).ifPresent(rate -> samples.add("pipelined", rate));
            }
        }
        System.out.print(table(samples));
    }

    private static double measure(String method, String address, String log) throws RunnerException {
        RunResult run = new Runner(new OptionsBuilder()
                        .include("\\." + RedisBenchmark.class.getSimpleName() + "\\." + method + "$")
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(WARM_UP)
                        .measurementIterations(1)
                        .measurementTime(MEASURED)
                        .jvmArgsAppend("-Xmx1g", "-D" + RedisBenchmark.ADDRESS + "=" + address)
                        .shouldFailOnError(true)
                        .output(log)
                        .build())
                .runSingle();
        Result<?> result = run.getPrimaryResult();
        return run.getParams().getMode() == Mode.SampleTime
                ? result.getStatistics().getPercentile(MEDIAN)
                : result.getScore();
    }

    private static String table(Samples samples) {
        Table table = new Table(samples);
        table.compare("`canonical`, p50", "canonical", "`RBucket.get`", "bareGet", MICROS, atMost(1 / 0.85));
        table.compare("`put`, p50", "put", "`RScript.evalSha`, same script", "barePut", MICROS, atMost(1 / 0.85));
        table.compare("`put`, p50", "put", "lock, look, transaction, unlock", "registryPut", MICROS, atMost(0.5));
        table.compare(
                "entries by `putAll` of 1000",
                "putAll",
                "`redis-benchmark -P 1000`, same script",
                "pipelined",
                PER_SECOND,
                atLeast(0.7));
        table.compare(
                "entries by `putAll` of 1000", "putAll", "`RBatch` of the script", "barePutAll", PER_SECOND, Goal.NONE);
        table.compare(
                "acquire and release, p50",
                "lease",
                "`SET NX PX`, compare and delete",
                "bareLock",
                MICROS,
                atMost(1.5));
        table.absolute("hand-off to another client, p50", "hand-off", MILLIS, atMost(2));
        table.absolute("64 waiters after one flight", "drain", MILLIS, atMost(50));
        return table.markdown();
    }
}
