package io.blobpath.cache.lease;

import java.util.List;

/**
 * Several leases that were taken together, all or none.
 *
 * @param leases in the order of their names
 */
public record LeaseSet(List<Lease> leases) implements AutoCloseable {
    /** Copies the list. */
    public LeaseSet {
        leases = List.copyOf(leases);
    }

    /** Whether all of them are still held. */
    public boolean isHeld() {
        return leases.stream().allMatch(Lease::isHeld);
    }

    /** Gives all back, the last one first. */
    @Override
    public void close() {
        for (int i = leases.size() - 1; i >= 0; i--) {
            leases.get(i).close();
        }
    }
}
