package io.blobpath.cache.lease;

import io.blobpath.cache.lease.KeyedLocks.Ticket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A lock of one key that nobody else wants. Here because the class is not public. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyedLocksBenchmark {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final KeyedLocks<LeaseName> locks = new KeyedLocks<>();
    private final LeaseName key = LeaseName.of("repository");

    /** Acquires and releases. */
    @Benchmark
    public Object keyedLock() throws InterruptedException {
        try (Ticket<LeaseName> ticket = locks.acquire(key, PATIENCE)) {
            return ticket == null ? locks : ticket;
        }
    }
}
