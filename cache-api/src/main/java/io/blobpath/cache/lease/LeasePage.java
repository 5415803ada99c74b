package io.blobpath.cache.lease;

import java.util.List;
import java.util.Optional;

/**
 * A page of the leases that are held.
 *
 * @param leases some of them, in the driver's order
 * @param next the token of the next page; empty on the last one
 */
public record LeasePage(List<LeaseState> leases, Optional<String> next) {
    /** Copies the list. */
    public LeasePage {
        leases = List.copyOf(leases);
    }
}
