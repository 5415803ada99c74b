package io.blobpath.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks at the same moment, each in a thread of its own, and waits for all. */
final class Race {
    private static final int PATIENCE_SECONDS = 40;

    private Race() {}

    /** What the tasks answered, in their order; the first failure is thrown as it is. */
    static <R> List<R> run(List<? extends Callable<? extends R>> tasks) throws Exception {
        AtomicInteger missing = new AtomicInteger(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            return run(tasks, threads, () -> meet(missing));
        } finally {
            end(threads);
        }
    }

    /** The same in virtual threads or others, with a start that is less sharp. The caller ends them. */
    static <R> List<R> run(List<? extends Callable<? extends R>> tasks, ExecutorService threads) throws Exception {
        CountDownLatch missing = new CountDownLatch(tasks.size());
        return run(tasks, threads, () -> {
            missing.countDown();
            missing.await();
        });
    }

    private interface Start {
        void await() throws InterruptedException;
    }

    private static <R> List<R> run(List<? extends Callable<? extends R>> tasks, ExecutorService threads, Start start)
            throws Exception {
        List<Future<R>> futures = new ArrayList<>();
        for (Callable<? extends R> task : tasks) {
            futures.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
            try {
                results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                throw failureOf(e);
            }
        }
        return results;
    }

    private static Exception failureOf(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof Exception failure ? failure : e;
    }

    /**
     * Not a latch: threads that sleep wake one after the other, and would miss each other. Not for virtual threads: those that
     * yield come before those that have not begun, and wait for them forever (JDK 21 to 25).
     */
    @SuppressWarnings("ThreadPriorityCheck") // Correct without the yield; with fewer cores than threads, slow.
    private static void meet(AtomicInteger missing) {
        missing.decrementAndGet();
        while (missing.get() > 0) {
            Thread.yield();
        }
    }

    /** Ends the threads; those that hang are interrupted. */
    static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("threads do not end");
        }
    }
}
