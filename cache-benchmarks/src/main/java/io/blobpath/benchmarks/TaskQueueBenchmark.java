package io.blobpath.benchmarks;

import io.blobpath.store.task.Resource;
import io.blobpath.store.task.ResourceSet;
import io.blobpath.store.task.TaskQueue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The end of a task in a queue of constant length: one task ends, the next one for its resource is handed to the executor, and
 * another one is submitted at the end. Tasks are evenly spread over a thousand resources.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TaskQueueBenchmark {
    private static final List<ResourceSet> RESOURCES = IntStream.range(0, 1000)
            .mapToObj(number -> ResourceSet.exclusive(Resource.of("repo/library/base-" + number)))
            .toList();

    /** How many tasks wait or run. */
    @Param({"1000", "10000", "100000"})
    public int queued;

    private final ArrayDeque<Runnable> given = new ArrayDeque<>();
    private final TaskQueue queue = new TaskQueue(given::add);
    private int next;

    /** Fills the queue. */
    @Setup
    public void fill() {
        for (int i = 0; i < queued; i++) {
            submit();
        }
    }

    /** Ends one and submits one. */
    @Benchmark
    public Object endAndSubmit() {
        Runnable first = given.remove();
        first.run();
        return submit();
    }

    private Object submit() {
        ResourceSet resources = RESOURCES.get(next++ % RESOURCES.size());
        return queue.submit("task", resources, context -> resources);
    }
}
