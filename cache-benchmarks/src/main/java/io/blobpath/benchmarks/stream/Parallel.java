package io.blobpath.benchmarks.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same at once. */
final class Parallel implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    interface Task {
        void run() throws Exception;
    }

    /** Runs it on so many threads; the seconds until the last one is done. */
    double seconds(int count, Task task) throws Exception {
        Callable<Void> call = call(task);
        long start = System.nanoTime();
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(call));
        }
        for (Future<Void> each : running) {
            each.get();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Begins something that is not measured. */
    Future<Void> begin(Task task) {
        return threads.submit(call(task));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Callable<Void> call(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }
}
