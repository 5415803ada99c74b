package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreInterruptedException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.task.FencedStore;
import io.blobpath.store.task.Resource;
import io.blobpath.store.task.TakenOverException;
import io.blobpath.store.task.TaskOptions;
import io.blobpath.store.task.TaskQueue;
import io.blobpath.store.task.Transaction;
import io.blobpath.store.task.UpdateOptions;
import io.blobpath.store.task.Updates;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Changes the repositories of a store. Each change is a task of one queue, in the thread of its caller, so that there is no
 * thread and nothing to close; it has a session of its own, and begins anew as often as others take the repository over.
 */
final class RepositoryUpdates {
    private final StoreRoot root;
    private final BlobPathCache cache;
    private final Scratch scratch;
    private final BlobFiles blobs;
    private final UpdateOptions updates;
    private final TaskOptions tasks;

    // Nothing is ever submitted to its executor.
    private final TaskQueue queue = new TaskQueue(Runnable::run, 0);

    RepositoryUpdates(StoreRoot root, BlobPathCache cache, Scratch scratch, BlobFiles blobs, BlobStoreOptions options) {
        this.root = root;
        this.cache = cache;
        this.scratch = scratch;
        this.blobs = blobs;
        this.updates = new UpdateOptions(options.lease(), options.sessions());
        this.tasks = TaskOptions.DEFAULT.withPatience(options.lease().patience());
    }

    /** The door of the repository is made when its lease is held, and before its index is read. */
    private record Opening(RepositoryUpdates updates, RepositoryFolder folder) implements FencedStore<Repository> {
        @Override
        public Set<Resource> resources() {
            return Set.of(folder.name().resource());
        }

        @Override
        public Repository open(Transaction transaction) throws IOException {
            return updates.open(folder, transaction);
        }
    }

    /**
     * Makes the update.
     *
     * @throws StoreBusyException if others have the repository for too long
     * @throws StoreInterruptedException if the thread was interrupted while it waited
     */
    <U extends Enum<U> & RepositoryUpdate<V, R>, V extends Record, R> R run(U update, V values, RepositoryFolder folder)
            throws IOException {
        try {
            return Updates.fenced(queue, cache.leases(), new Opening(this, folder), updates)
                    .run(update, values, tasks);
        } catch (TimeoutException e) {
            throw busy(folder, String.valueOf(e.getMessage()));
        } catch (TakenOverException e) {
            throw busy(
                    folder,
                    "others took it over " + updates.attempts()
                            + " times; are nodes paused for longer than their leases?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(e);
        }
    }

    private Repository open(RepositoryFolder folder, Transaction transaction) throws IOException {
        RepositorySession session = RepositorySession.begin(root, folder.name(), cache.leases(), transaction);
        return new Repository(root, cache, scratch, blobs, folder, session);
    }

    private static StoreBusyException busy(RepositoryFolder folder, String why) {
        return new StoreBusyException("cannot change repository '" + folder.name() + "': " + why);
    }
}
