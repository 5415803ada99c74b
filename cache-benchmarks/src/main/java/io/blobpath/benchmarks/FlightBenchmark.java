package io.blobpath.benchmarks;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.blobpath.benchmarks.peer.Row;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.Probe;
import io.blobpath.cache.lease.SingleFlight;
import io.blobpath.cache.lease.Work;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What coalescing costs when there is nobody to share with. Each call ends with nothing left behind, the peers' too. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FlightBenchmark {
    private final SingleFlight flights = SingleFlight.local(Runnable::run);
    private final AsyncCache<LeaseName, Object> caffeine =
            Caffeine.newBuilder().executor(Runnable::run).buildAsync();
    private final Map<LeaseName, Object> map = new ConcurrentHashMap<>();
    private final LeaseName key = LeaseName.of(Row.of(0).digest());
    private final Map<LeaseName, Object> there = new ConcurrentHashMap<>(Map.of(key, "result"));
    private final Probe<Object> hit = () -> Optional.ofNullable(there.get(key));
    private final Probe<Object> miss = Optional::empty;
    private final Work<Object> work = context -> there;

    /** The probe alone. */
    @Benchmark
    public Object probe() throws Exception {
        return hit.probe().orElseThrow();
    }

    /** A flight that finds its result before it starts. */
    @Benchmark
    public Object flightHit() throws Exception {
        return flights.run(key, hit, work, FlightOptions.DEFAULT);
    }

    /** A flight that works. */
    @Benchmark
    public Object flight() throws Exception {
        return flights.run(key, miss, work, FlightOptions.DEFAULT);
    }

    /** Caffeine's cache of futures. */
    @Benchmark
    public Object asyncCache() {
        Object result = caffeine.get(key, missing -> there).join();
        caffeine.synchronous().invalidate(key);
        return result;
    }

    /** The JDK's map, which cannot be left while another one works. */
    @Benchmark
    public Object computeIfAbsent() {
        Object result = map.computeIfAbsent(key, missing -> there);
        map.remove(key);
        return result;
    }
}
