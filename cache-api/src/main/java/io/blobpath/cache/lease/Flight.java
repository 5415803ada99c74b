package io.blobpath.cache.lease;

import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.spi.LeaseFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of the work in this JVM and those who wait for it. */
final class Flight<T> implements Runnable {
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final ThreadLocal<@Nullable Flight<?>> CURRENT = new ThreadLocal<>();

    private final LeaseName key;
    private final Probe<T> probe;
    private final Work<T> work;
    private final FlightOptions options;
    private final @Nullable DriverLeases leases;
    private final Timing timing;
    private final Consumer<Flight<?>> forget;
    private final Overtime overtime;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Interruption interruption = new Interruption();
    private volatile long lastProgress = System.nanoTime();
    private volatile @Nullable LeaseState holder;
    private volatile @Nullable Shift shift;
    private final @Nullable Flight<?> outer = CURRENT.get();
    private int callers;

    /** An attempt of the work: when its time is over, and what interrupts just this one. */
    private record Shift(long end, Runnable nudge) {}

    Flight(
            LeaseName key,
            Probe<T> probe,
            Work<T> work,
            FlightOptions options,
            @Nullable DriverLeases leases,
            Timing timing,
            Consumer<Flight<?>> forget,
            Overtime overtime) {
        this.key = key;
        this.probe = probe;
        this.work = work;
        this.options = options;
        this.leases = leases;
        this.timing = timing;
        this.forget = forget;
        this.overtime = overtime;
    }

    /** Refuses work that would wait for the flight that it runs in. */
    static void refuseNested(LeaseName key) {
        for (Flight<?> flight = CURRENT.get(); flight != null; flight = flight.outer) {
            if (flight.key.equals(key)) {
                throw new IllegalStateException("the work of '" + key + "' must not start a flight of the same key");
            }
        }
    }

    /** The failure for one caller, with the original one as its cause. */
    static FlightException failure(LeaseName key, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof FlightException flown) {
            Throwable origin = flown.getCause() == null ? flown : flown.getCause();
            return new FlightException(flown.reason(), origin, flown.isDefinitive());
        }
        return new FlightException("flight of " + key + " failed: " + cause, cause, false);
    }

    LeaseName key() {
        return key;
    }

    CompletableFuture<T> result() {
        return result;
    }

    /** Guarded by the map of flights, like {@link #exit}. */
    void enter(int maxWaiters) {
        if (callers >= maxWaiters) {
            throw new RejectedExecutionException(
                    "flight of " + key + " has " + callers + " callers already; try again later or raise maxWaiters");
        }
        callers++;
    }

    /** Whether that was the last one, and the flight shall end with it. */
    boolean exit() {
        callers--;
        return callers == 0 && options.onCallersGone() == FlightOptions.OnCallersGone.CANCEL && !result.isDone();
    }

    int callers() {
        return callers;
    }

    void cancel() {
        interruption.interrupt();
        result.completeExceptionally(new CancellationException("nobody waits for " + key + " any more"));
    }

    void refuse(Throwable refused) {
        fail(new FlightException("the executor refused the flight of " + key, refused, false));
    }

    long quietFor(long now) {
        return now - lastProgress;
    }

    /** Interrupts the work if its time is over; when that will be if not. */
    OptionalLong endOvertime(long now) {
        Shift current = shift;
        if (current == null) {
            return OptionalLong.empty();
        }
        if (current.end() - now > 0) {
            return OptionalLong.of(current.end());
        }
        shift = null;
        current.nudge().run();
        return OptionalLong.empty();
    }

    String holder() {
        LeaseState by = holder;
        return by == null ? "" : ": held by " + by.holder() + " since " + by.since();
    }

    @Override
    public void run() {
        Flight<?> before = CURRENT.get();
        CURRENT.set(this);
        try (Interruption.Scope scope = interruption.enter()) {
            fly();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    private void fly() {
        for (int attempt = 1; ; attempt++) {
            try {
                land(once());
                return;
            } catch (Throwable failure) {
                if (isStopped(failure) || isHopeless(failure) || attempt >= options.attempts()) {
                    fail(failure);
                    return;
                }
            }
            if (!interruption.pause(timing, RETRY.multipliedBy(attempt))) {
                fail(new CancellationException("the flight of " + key + " was cancelled"));
                return;
            }
        }
    }

    private static boolean isHopeless(Throwable failure) {
        return failure instanceof Error || (failure instanceof FlightException flown && flown.isDefinitive());
    }

    /** Whether the flight was cancelled, or the owner of the thread, such as a pool that shuts down, wants it back. */
    private boolean isStopped(Throwable failure) {
        if (interruption.isFinal()) {
            return true;
        }
        boolean interrupted = failure instanceof InterruptedException
                || Thread.currentThread().isInterrupted();
        if (interrupted && !interruption.isOurs()) {
            Thread.currentThread().interrupt();
            return true;
        }
        return false;
    }

    private T once() throws Exception {
        if (interruption.isFinal()) {
            throw new CancellationException("nobody waits for " + key + " any more");
        }
        return leases == null ? alone() : under(leases);
    }

    private T alone() throws Exception {
        Optional<T> there = options.look(probe);
        return there.isPresent() ? there.get() : attempt(Optional.empty());
    }

    private T under(DriverLeases from) throws Exception {
        Optional<T> early = options.look(probe);
        if (early.isPresent()) {
            return early.get();
        }
        long deadline = timing.nanoTime() + Duration.ofDays(365).toNanos();
        Contender contender = from.contend(key, options.lease(), deadline)
                .orElseThrow(() -> new TimeoutException("no place in the queue for " + key));
        boolean granted = false;
        try {
            while (true) {
                Contender.Outcome outcome = ask(contender);
                if (outcome == null) {
                    return alone();
                }
                if (outcome instanceof Contender.Outcome.Granted grant) {
                    granted = true;
                    return lead(grant.lease());
                }
                if (outcome instanceof Contender.Outcome.Failed failed) {
                    throw new FlightException(failed.reason(), null, true);
                }
                observe(((Contender.Outcome.Held) outcome).by());
                contender.pause(deadline);
                Optional<T> there = options.look(probe);
                if (there.isPresent()) {
                    return there.get();
                }
            }
        } finally {
            if (!granted) {
                contender.abandon();
            }
        }
    }

    /** What the store says; null if it is down, and the work is to be done without it. */
    private Contender.@Nullable Outcome ask(Contender contender) {
        try {
            return contender.attempt(true);
        } catch (CacheUnavailableException e) {
            if (options.onStoreDown() == FlightOptions.OnStoreDown.FAIL) {
                throw e;
            }
            return null;
        }
    }

    private T lead(HeldLease lease) throws Exception {
        Optional<LeaseFailure> remember = Optional.empty();
        lease.lost().thenRun(interruption.nudge());
        try {
            Optional<T> there = options.look(probe);
            return there.isPresent() ? there.get() : attempt(Optional.of(lease));
        } catch (FlightException e) {
            if (e.isDefinitive()) {
                remember = Optional.of(new LeaseFailure(e.reason(), options.rememberFailure()));
            }
            throw e;
        } finally {
            lease.close(remember);
        }
    }

    private T attempt(Optional<Lease> lease) throws Exception {
        moved();
        FlightContext context = new FlightContext() {
            @Override
            public Optional<Lease> lease() {
                return lease;
            }

            @Override
            public void progress(long units) {
                moved();
                lease.ifPresent(held -> held.progress(units));
            }
        };
        Shift now = new Shift(timing.nanoTime() + options.workTime().toNanos(), interruption.nudge());
        shift = now;
        overtime.watch(now.end());
        try {
            return work.run(context);
        } catch (Exception e) {
            if (options.definitive().test(e)) {
                throw new FlightException("flight of " + key + " failed for good: " + e, e, true);
            }
            throw e;
        } finally {
            shift = null;
        }
    }

    private void observe(LeaseState by) {
        LeaseState before = holder;
        if (before == null || before.fence() != by.fence() || before.progress() != by.progress()) {
            moved();
        }
        holder = by;
    }

    private void moved() {
        lastProgress = System.nanoTime();
    }

    /** Off the map before anybody wakes up, so that the next caller starts a new flight. */
    private void land(T value) {
        forget.accept(this);
        result.complete(value);
    }

    private void fail(Throwable failure) {
        forget.accept(this);
        result.completeExceptionally(failure);
    }
}
