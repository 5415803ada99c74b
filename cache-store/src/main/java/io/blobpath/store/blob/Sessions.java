package io.blobpath.store.blob;

import io.blobpath.cache.lease.Leases;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreRoot;
import java.io.IOException;

/** The sessions of a store: each piece of work in one of its own, begun again as often as others take the repository over. */
final class Sessions {
    private final StoreRoot root;
    private final Leases leases;
    private final BlobStoreOptions options;

    /** What is done in a session; it begins with reading, since everything read before is stale. */
    interface Work<R> {
        R run(RepositorySession session) throws IOException;
    }

    Sessions(StoreRoot root, Leases leases, BlobStoreOptions options) {
        this.root = root;
        this.leases = leases;
        this.options = options;
    }

    /**
     * Does the work in a session.
     *
     * @throws StoreBusyException if others have the repository for too long
     */
    <R> R run(RepositoryName name, Work<R> work) throws IOException {
        for (int i = 0; i < options.sessions(); i++) {
            try (RepositorySession session = RepositorySession.begin(root, name, leases, options)) {
                return work.run(session);
            } catch (RepositorySession.LostException e) {
                // Others have the repository; what they do is seen by the next session.
            }
        }
        throw new StoreBusyException("cannot change repository '" + name + "': others took it over "
                + options.sessions() + " times; are nodes paused for longer than their leases?");
    }
}
