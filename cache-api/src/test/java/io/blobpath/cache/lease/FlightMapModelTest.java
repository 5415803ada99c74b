package io.blobpath.cache.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every interleaving of callers who join and leave, up to the checker's bounds. */
class FlightMapModelTest {
    private static final int INVOCATIONS = Boolean.getBoolean("blobpath.campaign") ? 1_000 : 150;
    private static final LeaseName KEY = LeaseName.of("key");

    @Test
    void noInterleavingRunsTheWorkTwiceOrLeavesAFlightBehind() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            SingleFlight flights = new SingleFlight(null, Runnable::run, new NoTiming());
            AtomicReference<@Nullable String> made = new AtomicReference<>();
            AtomicInteger runs = new AtomicInteger();
            together(3, () -> {
                CompletableFuture<String> caller = flights.runAsync(
                        KEY,
                        () -> Optional.ofNullable(made.get()),
                        context -> {
                            runs.incrementAndGet();
                            made.set("made");
                            return "made";
                        },
                        FlightOptions.DEFAULT);
                check("made".equals(result(caller)), "a caller got something else");
            });
            check(runs.get() == 1, "the work ran " + runs.get() + " times");
            check(flights.underWay() == 0, "a flight was left behind");
        });
    }

    @Test
    void noInterleavingLetsACallerJoinAFlightThatItsLastCallerCancelled() {
        FlightOptions cancel = FlightOptions.builder()
                .onCallersGone(FlightOptions.OnCallersGone.CANCEL)
                .build();
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            List<Runnable> queued = new ArrayList<>();
            SingleFlight flights = new SingleFlight(null, queued::add, new NoTiming());
            CompletableFuture<String> first = flights.runAsync(KEY, Optional::empty, context -> "made", cancel);
            Thread leaver = new Thread(() -> first.cancel(true));
            leaver.start();
            CompletableFuture<String> second = flights.runAsync(KEY, Optional::empty, context -> "made", cancel);
            join(leaver);
            queued.forEach(Runnable::run);
            check("made".equals(result(second)), "the second caller got a cancelled flight");
            check(flights.underWay() == 0, "a flight was left behind");
        });
    }

    private static void together(int count, Runnable task) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(task);
            threads.add(thread);
            thread.start();
        }
        threads.forEach(FlightMapModelTest::join);
    }

    private static String result(CompletableFuture<String> caller) {
        try {
            return caller.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /** No time passes, so that the checker has no threads but ours. */
    private static final class NoTiming implements Timing {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void await(Wakeup wakeup, Duration patience) {}

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            return () -> {};
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void close() {}
    }
}
