package io.blobpath.store.task;

import io.blobpath.cache.lease.Leases;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

/** The turns of one update: hold the planned resources, read, plan again, and work if all that it takes is held. */
final class UpdateTurn<E, V extends Record, S, R> implements TaskBody<Attempt<R>, IOException> {
    private final Leases leases;
    private final E store;
    private final UpdateOptions options;
    private final Update<E, V, S, R> update;
    private final V values;
    private final Set<Resource> planned = new TreeSet<>();
    private int attempts;

    UpdateTurn(Leases leases, E store, UpdateOptions options, Update<E, V, S, R> update, V values) {
        this.leases = leases;
        this.store = store;
        this.options = options;
        this.update = update;
        this.values = values;
    }

    /** The first plan, from a state that is not locked and goes nowhere else. */
    ResourceSet plan() throws IOException, InterruptedException {
        planned.addAll(needed(update.load(store, values)));
        return ResourceSet.exclusive(planned);
    }

    @Override
    public Attempt<R> run(TaskContext context) throws IOException, InterruptedException, TimeoutException {
        attempts++;
        try (HeldResources held = HeldResources.take(leases, planned, options.leases(), context)) {
            try {
                return work(held, context.telling(held::progress));
            } catch (InterruptedException e) {
                // The loss of a lease interrupts, too.
                if (!context.isStopped()) {
                    held.check();
                }
                throw e;
            }
        }
    }

    private Attempt<R> work(HeldResources held, TaskContext context)
            throws IOException, InterruptedException, TimeoutException {
        S state = update.load(store, values);
        Set<Resource> needed = needed(state);
        if (!planned.containsAll(needed)) {
            return again(needed);
        }
        R result;
        try (Transaction transaction = new Transaction(held, context)) {
            result =
                    Objects.requireNonNull(update.apply(store, values, state, transaction), "the update returned null");
        }
        held.check();
        return new Attempt.Done<>(result);
    }

    /** What was held before is asked for again, too: a state that swings between two plans settles. */
    private Attempt<R> again(Set<Resource> needed) {
        Set<Resource> missing = new TreeSet<>(needed);
        missing.removeAll(planned);
        if (attempts >= options.attempts()) {
            throw new UnsettledPlanException(update.describe(values) + ": after " + attempts
                    + " attempts its state asks for yet another resource: " + missing);
        }
        planned.addAll(missing);
        return new Attempt.Again<>(ResourceSet.exclusive(planned));
    }

    private Set<Resource> needed(S state) {
        Set<Resource> needed = update.plan(values, state);
        if (needed.isEmpty()) {
            throw new IllegalArgumentException(update.describe(values) + ": its plan names no resource");
        }
        return needed;
    }
}
