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
    private final StoreAccess<E> stores;
    private final UpdateOptions options;
    private final Update<E, V, S, R> update;
    private final V values;
    private final Set<Resource> planned = new TreeSet<>();
    private int attempts;

    UpdateTurn(Leases leases, StoreAccess<E> stores, UpdateOptions options, Update<E, V, S, R> update, V values) {
        this.leases = leases;
        this.stores = stores;
        this.options = options;
        this.update = update;
        this.values = values;
    }

    /** The first plan; if it takes a state, that one is not locked and goes nowhere else. */
    ResourceSet plan() throws IOException, InterruptedException {
        planned.addAll(named(stores.plan(update, values)));
        return ResourceSet.exclusive(planned);
    }

    @Override
    public Attempt<R> run(TaskContext context) throws IOException, InterruptedException, TimeoutException {
        attempts++;
        try (HeldResources held =
                HeldResources.take(leases, planned, options.leases(), context, stores.restsOnLeases())) {
            try {
                return work(held, context.telling(held::progress));
            } catch (TakenOverException e) {
                if (attempts >= options.attempts()) {
                    throw e;
                }
                return new Attempt.Again<>(ResourceSet.exclusive(planned));
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
        R result;
        try (Transaction transaction = new Transaction(held, context)) {
            E store = stores.open(transaction);
            S state = update.load(store, values);
            Set<Resource> needed = update.plan(values, state);
            if (!planned.containsAll(needed)) {
                return again(needed);
            }
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

    private Set<Resource> named(Set<Resource> plan) {
        if (plan.isEmpty()) {
            throw new IllegalArgumentException(update.describe(values) + ": its plan names no resource");
        }
        return plan;
    }
}
