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

/** The leases of a turn. When one is lost the turn is interrupted, and does not succeed. */
final class HeldResources implements AutoCloseable {
    private final LeaseSet leases;
    private final Map<Resource, Lease> byResource = new HashMap<>();

    private HeldResources(Set<Resource> resources, LeaseSet leases, Runnable interrupter) {
        this.leases = leases;
        Map<Object, Lease> byName = new HashMap<>();
        for (Lease lease : leases.leases()) {
            byName.put(lease.name(), lease);
            var unused = lease.lost().thenRun(interrupter);
        }
        for (Resource resource : resources) {
            Lease lease = byName.get(resource.lease());
            if (lease != null) {
                byResource.put(resource, lease);
            }
        }
    }

    /** Waits for the leases of all of these, but not beyond the task's deadline. */
    static HeldResources take(Leases leases, Set<Resource> resources, LeaseOptions options, TaskContext context)
            throws InterruptedException, LeaseTimeoutException {
        Duration patience = context.remaining()
                .filter(left -> left.compareTo(options.patience()) < 0)
                .orElse(options.patience());
        LeaseSet set =
                leases.acquireAll(resources.stream().map(Resource::lease).toList(), options.withPatience(patience));
        return new HeldResources(resources, set, context.interrupter());
    }

    /** Throws if a lease is not held any more. What passes may still be lost in the next moment. */
    void check() {
        for (Lease lease : leases.leases()) {
            if (!lease.isHeld()) {
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
