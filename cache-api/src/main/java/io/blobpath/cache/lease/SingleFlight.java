package io.blobpath.cache.lease;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs each piece of work once at a time, in this JVM or in the whole cluster, and hands its result to all who asked.
 *
 * <p>A caller looks first ({@link Probe}), then joins the flight of its JVM or starts it. The flight takes the lease, looks
 * again, works, and is complete only when the work has made its result visible. Who finds the lease held waits for the result,
 * not for the lease: it looks again at each hint. If the holder dies or loses its lease, the next flight takes over.
 *
 * <p>Each caller may leave alone: by interrupt, by its time, or by cancelling its future. That never fails the others. A
 * definitive failure reaches every caller as that failure; a transient one is tried again.
 *
 * <p>What is shared is that a result is there. It says nothing about who may see it.
 */
public final class SingleFlight {
    private final @Nullable DriverLeases leases;
    private final Executor executor;
    private final Timing timing;
    private final ConcurrentHashMap<LeaseName, Flight<?>> flights = new ConcurrentHashMap<>();
    private final Overtime overtime;

    SingleFlight(@Nullable DriverLeases leases, Executor executor, Timing timing) {
        this.leases = leases;
        this.executor = executor;
        this.timing = timing;
        this.overtime = new Overtime(timing, flights.values());
    }

    /**
     * Flights of this JVM only, without leases.
     *
     * @param executor runs the work; with {@code Runnable::run} the first caller does it itself
     */
    public static SingleFlight local(Executor executor) {
        return new SingleFlight(null, executor, LocalTiming.INSTANCE);
    }

    /**
     * The result of the probe, or of the work of one flight.
     *
     * @throws FlightException if the probe or the work failed
     * @throws TimeoutException if the options' wait is over, or there was no progress for their stall time; the flight goes on
     * @throws InterruptedException if the thread was interrupted before or while it waited; the flight goes on
     * @throws RejectedExecutionException if too many callers wait already
     * @throws IllegalStateException if called by the work of the same key, which would wait for itself
     */
    public <T> T run(LeaseName key, Probe<T> probe, Work<T> work, FlightOptions options)
            throws FlightException, TimeoutException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the flight of " + key);
        }
        Optional<T> there = look(key, probe, options);
        if (there.isPresent()) {
            return there.get();
        }
        Flight<T> flight = join(key, probe, work, options);
        try {
            return await(flight, options);
        } catch (ExecutionException e) {
            throw Flight.failure(key, e.getCause() == null ? e : e.getCause());
        } finally {
            leave(flight);
        }
    }

    /**
     * The same without waiting: the options' patience and stall are not used. Cancelling the future lets this caller leave; its
     * stages run on the thread of the flight.
     *
     * @return completes with the result, or exceptionally with {@link FlightException}
     * @throws RejectedExecutionException if too many callers wait already
     * @throws IllegalStateException if called by the work of the same key
     */
    public <T> CompletableFuture<T> runAsync(LeaseName key, Probe<T> probe, Work<T> work, FlightOptions options) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        Flight<T> flight = join(key, probe, work, options);
        var unused = mine.whenComplete((value, failure) -> leave(flight));
        unused = flight.result().whenComplete((value, failure) -> {
            if (failure == null) {
                mine.complete(value);
            } else {
                mine.completeExceptionally(Flight.failure(key, failure));
            }
        });
        return mine;
    }

    /** How many flights are under way in this JVM. */
    public int underWay() {
        return flights.size();
    }

    /** How many callers of this JVM wait for the key. */
    int callers(LeaseName key) {
        AtomicInteger callers = new AtomicInteger();
        flights.computeIfPresent(key, (name, flight) -> {
            callers.set(flight.callers());
            return flight;
        });
        return callers.get();
    }

    private static <T> Optional<T> look(LeaseName key, Probe<T> probe, FlightOptions options)
            throws FlightException, InterruptedException {
        try {
            return options.look(probe);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw Flight.failure(key, e);
        }
    }

    @SuppressWarnings("unchecked") // One key stands for one kind of result; that is the caller's promise.
    private <T> Flight<T> join(LeaseName key, Probe<T> probe, Work<T> work, FlightOptions options) {
        Flight.refuseNested(key);
        AtomicReference<@Nullable Flight<T>> started = new AtomicReference<>();
        Flight<T> flight = (Flight<T>) flights.compute(key, (name, running) -> {
            Flight<T> joined = running == null
                    ? new Flight<>(key, probe, work, options, leases, timing, this::forget, overtime)
                    : (Flight<T>) running;
            if (running == null) {
                started.set(joined);
            }
            joined.enter(options.maxWaiters());
            return joined;
        });
        if (started.get() != null) {
            try {
                executor.execute(flight);
            } catch (RuntimeException | Error e) {
                // Whatever the reason, a flight that never runs must not stay on the map.
                flight.refuse(e);
            }
        }
        return flight;
    }

    /** Lets a caller go. The last one takes the flight off the map before it is cancelled, so that nobody joins a doomed one. */
    private void leave(Flight<?> flight) {
        if (flight.result().isDone()) {
            return; // It left the map before it told anybody.
        }
        AtomicBoolean abandoned = new AtomicBoolean();
        flights.computeIfPresent(flight.key(), (key, running) -> {
            if (running != flight || !flight.exit()) {
                return running;
            }
            abandoned.set(true);
            return null;
        });
        if (abandoned.get()) {
            flight.cancel();
        }
    }

    private void forget(Flight<?> flight) {
        flights.remove(flight.key(), flight);
    }

    private <T> T await(Flight<T> flight, FlightOptions options)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (flight.result().isDone()) {
            return flight.result().get();
        }
        long start = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            long waitLeft = options.patience().minusNanos(now - start).toNanos();
            long quiet = Math.min(flight.quietFor(now), now - start);
            long stallLeft = options.stall().toNanos() - quiet;
            if (flight.result().isDone()) {
                return flight.result().get();
            }
            if (waitLeft <= 0 || stallLeft <= 0) {
                throw new TimeoutException("flight of " + flight.key()
                        + (waitLeft <= 0
                                ? " was not complete within " + options.patience()
                                : " showed no progress for " + options.stall())
                        + flight.holder());
            }
            try {
                return flight.result().get(Math.min(waitLeft, stallLeft), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Progress may have come meanwhile: the next turn looks at both times again.
            }
        }
    }

    /** The real clock without threads: a local flight has no lease to renew, and only a deadline needs a timer. */
    private static final class LocalTiming {
        static final Timing INSTANCE = Timing.system();

        private LocalTiming() {}
    }
}
