package io.blobpath.store.task;

import io.blobpath.cache.lease.Leases;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Makes {@link Update}s: takes the planned resources, first those of this process through the queue and then their leases
 * through the store; reads the state; plans again; and if that plan asks for more, gives everything back and starts anew with
 * more, so often as {@link UpdateOptions#attempts} says.
 *
 * <p>Guaranteed: {@link Update#apply} runs with a state that was read while all its plan asks for was held, in this process and,
 * through the leases, on all nodes; when a lease is lost its thread is interrupted, guarded writes are refused, and the update
 * is reported as failed with {@link io.blobpath.cache.lease.LeaseLostException} even if the body returned.
 *
 * <p>Not guaranteed: that a holder which was paused past its lease writes no file; see {@code docs/leases.md} for what to do
 * about that. Fairness between nodes. A {@link FencedStore} is the way to be sure about files: it decides instead of the leases.
 *
 * @param <E> the store that the updates read and write
 */
public final class Updates<E> {
    private final TaskQueue queue;
    private final Leases leases;
    private final TaskAnnouncer announcer;
    private final StoreAccess<E> store;
    private final UpdateOptions options;

    /** Updates of the store; the queue and the leases stay the caller's. */
    public Updates(TaskQueue queue, Leases leases, E store, UpdateOptions options) {
        this(queue, leases, new StoreAccess.Open<>(store), options);
    }

    private Updates(TaskQueue queue, Leases leases, StoreAccess<E> store, UpdateOptions options) {
        this.queue = queue;
        this.leases = leases;
        this.announcer = new TaskAnnouncer(leases);
        this.store = store;
        this.options = options;
    }

    /** Updates of a store that decides by itself who may change it; the queue and the leases stay the caller's. */
    public static <E> Updates<E> fenced(TaskQueue queue, Leases leases, FencedStore<E> store, UpdateOptions options) {
        return new Updates<>(queue, leases, new StoreAccess.Fenced<>(store), options);
    }

    /**
     * Makes the update on the queue's executor. The first plan is made here, so that what the state does not allow is refused at
     * once, by the exception of {@link Update#load} or {@link Update#plan}.
     */
    public <U extends Enum<U> & Update<E, V, S, R>, V extends Record, S, R> Task<R> submit(
            U update, V values, TaskOptions task) throws IOException, InterruptedException {
        UpdateTurn<E, V, S, R> turn = new UpdateTurn<>(leases, store, options, update, values);
        String name = update.describe(values);
        return queue.scheduler().submit(name, turn.plan(), announced(update, name, turn), task);
    }

    /**
     * Makes the update in this thread.
     *
     * @return what {@link Update#apply} returned
     * @throws TimeoutException if what it locks was not free in time (the message tells who holds it), or the deadline came
     * @throws UnsettledPlanException if the plan changed at each attempt
     * @throws TakenOverException if a {@link FencedStore} was taken over at each attempt
     * @throws java.util.concurrent.CancellationException if the task was cancelled
     */
    public <U extends Enum<U> & Update<E, V, S, R>, V extends Record, S, R> R run(U update, V values, TaskOptions task)
            throws IOException, InterruptedException, TimeoutException {
        UpdateTurn<E, V, S, R> turn = new UpdateTurn<>(leases, store, options, update, values);
        String name = update.describe(values);
        return queue.scheduler().run(name, turn.plan(), announced(update, name, turn), task);
    }

    private <R> TaskBody<Attempt<R>, IOException> announced(
            Update<?, ?, ?, ?> update, String name, TaskBody<Attempt<R>, IOException> turn) {
        return update.isLong() ? announcer.announced(name, turn) : turn;
    }
}
