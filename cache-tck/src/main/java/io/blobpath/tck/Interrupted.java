package io.blobpath.tck;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended that was interrupted.
 *
 * @param failure what it threw, if anything
 * @param flag whether the thread's interrupt flag was set afterwards
 */
record Interrupted(@Nullable Throwable failure, boolean flag) {
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(10);

    /** Runs the call in this thread, which is interrupted already and will not be afterwards. */
    static Interrupted beforeRunning(Runnable call) {
        Thread.currentThread().interrupt();
        Throwable failure = failure(call);
        return new Interrupted(failure, Thread.interrupted());
    }

    /** Runs the call in a thread of its own, and interrupts it once it waits. */
    static Interrupted whileRunning(Runnable call) {
        AtomicReference<Interrupted> end = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    Throwable failure = failure(call);
                    end.set(new Interrupted(failure, Thread.currentThread().isInterrupted()));
                },
                "interrupted-call");
        thread.start();
        while (thread.isAlive() && !waits(thread)) {
            LockSupport.parkNanos(100_000);
        }
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Interrupted ended = end.get();
        if (ended == null) {
            throw new AssertionError("the call still runs " + PATIENCE + " ms after its thread was interrupted");
        }
        return ended;
    }

    private static @Nullable Throwable failure(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }
}
