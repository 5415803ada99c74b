package io.blobpath.store.task;

import java.io.IOException;
import java.util.Set;

/** How the turns of an update get at their store. */
sealed interface StoreAccess<E> {
    /** What to hold at first. */
    <V extends Record, S> Set<Resource> plan(Update<E, V, S, ?> update, V values)
            throws IOException, InterruptedException;

    /** The store, for the turn of this transaction. */
    E open(Transaction transaction) throws IOException;

    /** Whether the leases decide who may change it; if not, the store does. */
    boolean restsOnLeases();

    /** One that anybody may read at any time, and whose writers are kept apart by leases. */
    record Open<E>(E store) implements StoreAccess<E> {
        @Override
        public <V extends Record, S> Set<Resource> plan(Update<E, V, S, ?> update, V values)
                throws IOException, InterruptedException {
            return update.plan(values, update.load(store, values));
        }

        @Override
        public E open(Transaction transaction) {
            return store;
        }

        @Override
        public boolean restsOnLeases() {
            return true;
        }
    }

    /** One that keeps its writers apart by itself. */
    record Fenced<E>(FencedStore<E> store) implements StoreAccess<E> {
        @Override
        public <V extends Record, S> Set<Resource> plan(Update<E, V, S, ?> update, V values) {
            return store.resources();
        }

        @Override
        public E open(Transaction transaction) throws IOException {
            return store.open(transaction);
        }

        @Override
        public boolean restsOnLeases() {
            return false;
        }
    }
}
