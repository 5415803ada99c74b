package io.blobpath.store.task;

import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseSet;
import io.blobpath.cache.lease.LeaseTimeoutException;
import io.blobpath.cache.lease.Leases;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The leases of a turn. If the turn rests on them and one is lost, it is interrupted, and does not succeed. */
final class HeldResources implements AutoCloseable {
    private final LeaseSet leases;
    private final Map<Resource, Lease> byResource = new HashMap<>();
    private final boolean decide;

    private HeldResources(Set<Resource> resources, LeaseSet leases, boolean decide) {
        this.leases = leases;
        this.decide = decide;
        Map<Object, Lease> byName = new HashMap<>();
        for (Lease lease : leases.leases()) {
            byName.put(lease.name(), lease);
        }
        for (Resource resource : resources) {
            Lease lease = byName.get(resource.lease());
            if (lease != null) {
                byResource.put(resource, lease);
            }
        }
    }

    /**
     * Waits for the leases of all of these, but not beyond the task's deadline and patience.
     *
     * @param decide whether the turn rests on them
     */
    static HeldResources take(
            Leases leases, Set<Resource> resources, LeaseOptions options, TaskContext context, boolean decide)
            throws InterruptedException, LeaseTimeoutException {
        Duration patience = context.patience(options.patience());
        LeaseSet set =
                leases.acquireAll(resources.stream().map(Resource::lease).toList(), options.withPatience(patience));
        if (decide) {
            Runnable interrupter = context.interrupter();
            set.leases().forEach(lease -> interruptAtLoss(lease, interrupter));
        }
        return new HeldResources(resources, set, decide);
    }

    private static void interruptAtLoss(Lease lease, Runnable interrupter) {
        var unused = lease.lost().thenRun(interrupter);
    }

    /** Throws if the turn rests on a lease that is not held any more. What passes may still be lost in the next moment. */
    void check() {
        for (Lease lease : leases.leases()) {
            if (decide && !lease.isHeld()) {
                throw new LeaseLostException("the lease of '" + lease.name() + "' with fence " + lease.fence()
                        + " was lost during the task; what it wrote outside the cache may be there or not");
            }
        }
    }

    Lease lease(Resource resource) {
        Lease lease = byResource.get(resource);
        if (lease == null) {
            throw new IllegalArgumentException(
                    "'" + resource + "' is not in the plan of this update, which holds " + byResource.keySet());
        }
        return lease;
    }

    DigestLease lease(Digest digest) {
        return (DigestLease) lease(Resource.of(digest));
    }

    void progress(long units) {
        leases.leases().forEach(lease -> lease.progress(units));
    }

    @Override
    public void close() {
        leases.close();
    }
}
