package io.blobpath.store.task;

import java.io.IOException;
import java.util.Set;

/**
 * A store that knows by itself who changes it, and refuses whoever was taken over meanwhile: for state that no lease can guard,
 * such as files. It is opened anew for each turn of an update, when the leases are held and before the state is read.
 *
 * <p>It decides instead of the leases. A lease that is lost neither interrupts the update nor makes it fail: what the store let
 * through is done, and what it does not let through is a {@link TakenOverException}, upon which the update begins anew.
 *
 * @param <E> the open store, through which the state is read and written in one turn
 */
public interface FencedStore<E> {
    /** What must be held to open it, at least one resource. The first plan of each update is this, and no look at the state. */
    Set<Resource> resources();

    /**
     * Opens it for the turn of this transaction. From its return on nobody who opened it before changes anything, and what is
     * read is what they left. It is closed by what was given to {@link Transaction#atEnd}, also if this throws.
     *
     * @throws TakenOverException if somebody has begun after us already
     */
    E open(Transaction transaction) throws IOException;
}
