package io.blobpath.benchmarks;

import io.blobpath.store.task.Resource;
import io.blobpath.store.task.ResourceSet;
import io.blobpath.store.task.TaskQueue;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the queue adds to a body that does nothing, when nobody else is there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TaskBenchmark {
    private static final List<Resource> TEN = IntStream.range(0, 10)
            .mapToObj(number -> Resource.of("repo/library/base-" + number))
            .toList();

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final TaskQueue queue = new TaskQueue(pool);
    private final TaskQueue direct = new TaskQueue(Runnable::run);
    private final ResourceSet one = ResourceSet.exclusive(TEN.get(0));
    private final ResourceSet ten = ResourceSet.exclusive(TEN);

    /** Ends the thread. */
    @TearDown
    public void close() {
        queue.close();
        direct.close();
        pool.shutdown();
    }

    /** A task that runs in its caller. */
    @Benchmark
    public Object calledTask() throws Exception {
        return queue.run("task", one, context -> one);
    }

    /** A submitted task with its handle, result and place in the history, without a change of threads. */
    @Benchmark
    public Object submittedTask() throws Exception {
        return direct.submit("task", one, context -> one).await();
    }

    /** The same on another thread, for which the caller waits. */
    @Benchmark
    public Object pooledTask() throws Exception {
        return queue.submit("task", one, context -> one).await();
    }

    /** A task that runs in its caller and locks ten resources. */
    @Benchmark
    public Object calledTaskOfTen() throws Exception {
        return queue.run("task", ten, context -> ten);
    }
}
