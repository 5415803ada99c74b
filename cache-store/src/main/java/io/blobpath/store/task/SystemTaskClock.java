package io.blobpath.store.task;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The real clock. Alarms are on the JDK's own timer thread, which forgets those that are cancelled. */
final class SystemTaskClock implements TaskClock {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Alarm schedule(Runnable action, Duration delay) {
        CompletableFuture<Boolean> alarm = new CompletableFuture<>();
        var unused = alarm.completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS)
                .thenAcceptAsync(rung -> action.run());
        return () -> alarm.cancel(false);
    }
}
