package io.blobpath.benchmarks.redis;

import static io.blobpath.benchmarks.report.Goal.atLeast;
import static io.blobpath.benchmarks.report.Goal.atMost;
import static io.blobpath.benchmarks.report.Unit.MICROS;
import static io.blobpath.benchmarks.report.Unit.MILLIS;
import static io.blobpath.benchmarks.report.Unit.PER_SECOND;

import io.blobpath.benchmarks.report.Goal;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.benchmarks.report.Table;
import io.blobpath.benchmarks.report.Turns;
import io.blobpath.benchmarks.report.Turns.Way;
import java.time.Duration;
import java.util.List;

/** Measures the Redis driver beside bare Redisson and prints the table: {@code RedisMain ROUNDS}. Talk goes to stderr. */
final class RedisMain {
    private static final Turns TURNS = new Turns(1, 1, Duration.ofSeconds(3), Duration.ofSeconds(4), 20);

    private RedisMain() {}

    public static void main(String[] args) throws Exception {
        Samples samples = new Samples();
        try (RedisProcess server = new RedisProcess()) {
            for (int round = 1; round <= Integer.parseInt(args[0]); round++) {
                System.err.println("round " + round);
                try (RedisWork work = new RedisWork(server.address())) {
                    measure(work, samples);
                    measureBatches(work, server.address(), samples);
                }
                RedisWaits waits = new RedisWaits(server.address());
                waits.handOff(samples);
                samples.add("drain", waits.drain());
            }
        }
        System.out.print(table(samples));
    }

    private static void measure(RedisWork work, Samples samples) throws Exception {
        for (List<Way> ways : List.of(
                List.of(new Way("canonical", work::canonical), new Way("bareGet", work::bareGet)),
                List.of(
                        new Way("put", work::put),
                        new Way("barePut", work::barePut),
                        new Way("registryPut", work::registryPut)),
                List.of(new Way("lease", work::lease), new Way("bareLock", work::bareLock)))) {
            TURNS.measure(ways).forEach((name, pace) -> samples.add(name, pace.micros()));
        }
    }

    private static void measureBatches(RedisWork work, String address, Samples samples) throws Exception {
        try (PipelinedScript pipelined = new PipelinedScript(address)) {
            List<Way> ways = List.of(
                    new Way("putAll", List.of(work::putAll), RedisWork.BATCH),
                    new Way("putMany", List.of(work::putMany), RedisWork.LARGE),
                    new Way("barePutAll", List.of(work::barePutAll), RedisWork.BATCH),
                    new Way("pipelined", List.of(pipelined::run), PipelinedScript.REQUESTS));
            // Without the program there is no row.
            int known = PipelinedScript.isInstalled() ? ways.size() : ways.size() - 1;
            TURNS.measure(ways.subList(0, known)).forEach((name, pace) -> samples.add(name, pace.perSecond()));
        }
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
                "entries by `putAll` of 4000",
                "putMany",
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
        table.compare("hand-off to another client, p50", "hand-off", "`RLock`", "bareHandOff", MILLIS, Goal.NONE);
        table.absolute("64 waiters after one flight", "drain", MILLIS, atMost(50));
        return table.markdown();
    }
}
