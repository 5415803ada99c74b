package io.blobpath.store.task;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseLostException;
import java.io.IOException;
import java.util.Optional;

/**
 * The way to change something while the resources of an {@link Update} are held. Made for one turn of its body and useless
 * afterwards. For one thread.
 *
 * <p>What is recorded about digests is guarded: the store itself refuses it from a holder that lost its lease (F1). A step on disk
 * cannot be refused so; each is preceded by a look at the leases, and whoever writes files hands on {@link #fence}.
 *
 * <p>It undoes nothing. The order of the steps is such that a crash between any two leaves the disk ahead of what is remembered
 * and never a record of a file that is gone.
 */
public final class Transaction implements AutoCloseable {
    private final HeldResources held;
    private final TaskContext context;
    private final CleanUp cleanUp = new CleanUp();
    private boolean over;

    Transaction(HeldResources held, TaskContext context) {
        this.held = held;
        this.context = context;
    }

    /** What was recorded for the digest in the very step that granted its lease. */
    public Optional<BlobEntry> entry(Digest digest) {
        refuseAfterEnd();
        return held.lease(digest).entry();
    }

    /** Records the path, guarded. */
    public PutResult put(Digest digest, BlobPath path) {
        check();
        return held.lease(digest).put(path);
    }

    /** Removes the path from the records, guarded. */
    public RemoveResult remove(Digest digest, BlobPath path) {
        check();
        return held.lease(digest).remove(path);
    }

    /** Makes a recorded path the canonical one, guarded; whether it is recorded. */
    public boolean promote(Digest digest, BlobPath path) {
        check();
        return held.lease(digest).promote(path);
    }

    /** The number of this grant, for what lies outside the cache and can compare it; larger for each later holder. */
    public long fence(Resource resource) {
        refuseAfterEnd();
        return held.lease(resource).fence();
    }

    /**
     * Persists, then remembers. If the first step throws, memory stays as it was; a crash between them leaves the disk ahead,
     * which is what a restart reads.
     */
    public void persist(Step disk, Runnable memory) throws IOException {
        check();
        disk.run();
        memory.run();
    }

    /**
     * Deletes the record, then the file. If the first step throws, the file stays; a crash between them leaves a file without
     * a record, which is found again, and never a record without a file.
     */
    public void delete(Step record, Step file) throws IOException {
        check();
        record.run();
        check();
        file.run();
    }

    /** What to do at the end, before the resources are free, whatever happens; see {@link CleanUp}. */
    public void atEnd(Step step) {
        refuseAfterEnd();
        cleanUp.add(step);
    }

    /**
     * Refuses to go on if a lease was lost or the task is to end. Every change begins with it.
     *
     * @throws LeaseLostException if a lease is not held any more
     * @throws java.util.concurrent.CancellationException if the task was cancelled or its deadline has come
     * @throws IllegalStateException if the update is over
     */
    public void check() {
        refuseAfterEnd();
        context.check();
        held.check();
    }

    /** The task. */
    public TaskContext task() {
        return context;
    }

    /** Ends it; the library does. */
    @Override
    public void close() throws IOException {
        try {
            cleanUp.close();
        } finally {
            over = true;
        }
    }

    private void refuseAfterEnd() {
        if (over) {
            throw new IllegalStateException("the update is over; its resources are not held any more");
        }
    }
}
