package io.blobpath.store.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.Leases;
import io.blobpath.cache.spi.OwnerToken;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that shows one running task. If it was lost, to a pause or to a store that was down, the next word of progress takes
 * another one: the task still runs, and people still want to see it.
 */
final class Announcement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
    private static final int ID_LENGTH = 8;

    // At most 3 bytes each; a lease's name may have 512.
    private static final int LONGEST_NAME = 160;

    private final Leases leases;
    private final LeaseOptions options;
    private final String name;
    private final ReentrantLock taking = new ReentrantLock();
    private volatile @Nullable Lease lease;

    // Guarded by the lock.
    private long notBefore = System.nanoTime();
    private boolean closed;

    Announcement(Leases leases, LeaseOptions options, String name) {
        this.leases = leases;
        this.options = options;
        this.name = name;
        progress(0);
    }

    /** Tells how far the task is. For any thread; only one of them ever waits for the store. */
    void progress(long units) {
        Lease current = lease;
        if ((current == null || !current.isHeld()) && taking.tryLock()) {
            try {
                current = taken();
            } finally {
                taking.unlock();
            }
        }
        if (current != null) {
            current.progress(units);
        }
    }

    @Override
    public void close() {
        taking.lock();
        try {
            closed = true;
            if (lease != null) {
                lease.close();
            }
        } finally {
            taking.unlock();
        }
    }

    private @Nullable Lease taken() {
        Lease current = lease;
        boolean held = current != null && current.isHeld();
        if (!held && !closed && System.nanoTime() - notBefore >= 0) {
            current = take();
            lease = current;
        }
        return current;
    }

    private @Nullable Lease take() {
        try {
            String id = OwnerToken.random().toString().substring(0, ID_LENGTH);
            return leases.tryAcquire(LeaseName.of(TaskAnnouncer.PREFIX + id + "/" + wellFormed(name)), options)
                    .orElse(null);
        } catch (BlobPathCacheException | IllegalStateException e) {
            notBefore = System.nanoTime() + options.lease().toNanos();
            LOG.warn("task '{}' is not announced to other processes: {}", name, e.toString());
            return null;
        }
    }

    /** Whatever a task is called, a lease can be called that. */
    private static String wellFormed(String name) {
        String text = new String(name.getBytes(UTF_8), UTF_8);
        if (text.length() <= LONGEST_NAME) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return text.substring(0, end) + "...";
    }
}
