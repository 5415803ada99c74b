package io.blobpath.benchmarks.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures ways of doing the same thing in one JVM, in many short turns: what disturbs the machine for longer than a turn
 * disturbs all ways alike, and a ratio of theirs stays what it is. JVMs that run for seconds, one after the other, meet other
 * neighbours each time.
 */
public final class Turns {
    private static final int WARM_UPS = 4;

    private final int threads;
    private final int callsTimed;
    private final Duration warmUp;
    private final Duration measured;
    private final int turns;

    /** What is measured; its result is kept from being optimized away. */
    @FunctionalInterface
    public interface Work {
        /** Makes ready what the next calls need; this is not measured. */
        default void prepare() {}

        /** Does it once. */
        Object once() throws Exception;
    }

    /**
     * One way of doing it.
     *
     * @param name of the way
     * @param works what each thread does; all threads the same if there is only one
     * @param units how many of what is counted are in one call
     */
    public record Way(String name, List<Work> works, int units) {
        /** One that any thread may do, and counts once. */
        public Way(String name, Work work) {
            this(name, List.of(work), 1);
        }
    }

    /**
     * How fast a way is: the medians of its turns.
     *
     * @param perSecond how much all threads finished
     * @param micros how long the median call took
     */
    public record Pace(double perSecond, double micros) {
        private static Pace median(List<Pace> turns) {
            return new Pace(median(turns, Pace::perSecond), median(turns, Pace::micros));
        }

        private static double median(List<Pace> turns, ToDoubleFunction<Pace> number) {
            return Samples.median(turns.stream().map(number::applyAsDouble).toList());
        }
    }

    /**
     * Turns.
     *
     * @param threads how many work at a time
     * @param callsTimed how many calls are timed together: more than one, where the clock costs as much as they do
     * @param warmUp how long each way runs before anything counts
     * @param measured how long each way runs then
     * @param turns how many turns that makes
     */
    public Turns(int threads, int callsTimed, Duration warmUp, Duration measured, int turns) {
        this.threads = threads;
        this.callsTimed = callsTimed;
        this.warmUp = warmUp.dividedBy(WARM_UPS);
        this.measured = measured.dividedBy(turns);
        this.turns = turns;
    }

    /** Measures the ways; the first to go is another one each time. */
    public Map<String, Pace> measure(List<Way> ways) throws ExecutionException, InterruptedException {
        Map<String, List<Pace>> paces = new LinkedHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int turn = -WARM_UPS; turn < turns; turn++) {
                for (int i = 0; i < ways.size(); i++) {
                    Way way = ways.get(Math.floorMod(turn + i, ways.size()));
                    Pace pace = turn(pool, way, turn < 0 ? warmUp : measured);
                    if (turn >= 0) {
                        paces.computeIfAbsent(way.name(), first -> new ArrayList<>())
                                .add(pace);
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
        Map<String, Pace> medians = new LinkedHashMap<>();
        paces.forEach((name, all) -> medians.put(name, Pace.median(all)));
        return medians;
    }

    private Pace turn(ExecutorService pool, Way way, Duration length) throws ExecutionException, InterruptedException {
        List<Future<Turn>> running = IntStream.range(0, threads)
                .mapToObj(thread -> way.works().get(thread % way.works().size()))
                .map(work -> pool.submit(() -> new Turn(work).run(callsTimed, length.toNanos())))
                .toList();
        List<Turn> done = new ArrayList<>();
        for (Future<Turn> each : running) {
            Turn turn = each.get();
            // Somebody looks at the results, so that they have to be made.
            Objects.requireNonNull(turn.kept);
            done.add(turn);
        }
        double perSecond = done.stream().mapToDouble(Turn::perSecond).sum() * callsTimed * way.units;
        long[] timings = done.stream().flatMapToLong(Turn::timings).sorted().toArray();
        return new Pace(perSecond, timings[timings.length / 2] / 1e3 / callsTimed);
    }

    /** The turn of one thread. */
    private static final class Turn {
        private final Work work;
        private long[] timings = new long[1024];
        private int count;
        private long nanos;
        private @Nullable Object kept;

        Turn(Work work) {
            this.work = work;
        }

        Turn run(int callsTimed, long length) throws Exception {
            while (nanos < length) {
                work.prepare();
                long start = System.nanoTime();
                for (int call = 0; call < callsTimed; call++) {
                    kept = work.once();
                }
                add(System.nanoTime() - start);
            }
            return this;
        }

        private void add(long timing) {
            if (count == timings.length) {
                timings = Arrays.copyOf(timings, 2 * count);
            }
            timings[count++] = timing;
            nanos += timing;
        }

        double perSecond() {
            return count * 1e9 / nanos;
        }

        LongStream timings() {
            return Arrays.stream(timings, 0, count);
        }
    }
}
