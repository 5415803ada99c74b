package io.blobpath.store.task;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * A change of shared state that can only act on what was read while the resources were held.
 *
 * <p>The shape sees to that, at compile time. {@link Updates} takes a constant of an enum, so no lambda, and no object that was
 * made for this one change: there is nothing in which what was read before the lock could travel. What the caller wants comes
 * as a record, captured when it calls. The state is read by {@link #load}, which only the library calls, and the state that
 * {@link #apply} gets is the one that was read inside. Everything it changes goes through its {@link Transaction}, which nobody
 * else can make and which ends with it.
 *
 * <pre>{@code
 * enum Tagging implements Update<StoreRoot, Tagging.Request, Index, Digest> { TAG; ... }
 *
 * updates.run(Tagging.TAG, new Tagging.Request(repository, "1.0", manifest));
 * }</pre>
 *
 * @param <E> where the state is read from and written to: the store
 * @param <V> what the caller wants, as plain values
 * @param <S> the state
 * @param <R> the result, never null
 */
public interface Update<E, V extends Record, S, R> {
    /**
     * Reads the state from disk or from the cache, never from memory that is not locked. Called without the resources for the
     * first plan, unless the store is a {@link FencedStore}, and again each time they are held; must change nothing.
     */
    S load(E store, V values) throws IOException, InterruptedException;

    /**
     * Names what must be held to read this state and to do what the caller wants, at least one resource; of a
     * {@link FencedStore} only what must be held besides the store's own resources. Also the place to refuse, by an exception,
     * what the state does not allow: at first to spare the wait, and then because it decides.
     */
    Set<Resource> plan(V values, S state);

    /** Does it, with the state as it is while all that it needs is held. */
    R apply(E store, V values, S state, Transaction transaction)
            throws IOException, InterruptedException, TimeoutException;

    /** What it does, for people. */
    String describe(V values);

    /** Whether other processes shall see it in {@code blobpath tasks} while it runs; costs a lease more. */
    default boolean isLong() {
        return false;
    }
}
