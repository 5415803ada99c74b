/**
 * Agreement between nodes on who does a piece of work: leases, guarded writes and single-flight.
 *
 * <p>A lease is exclusion for a time, not for ever: a holder that is paused longer than its lease loses it and finds out
 * late. Writes that must not happen then go through {@link io.blobpath.cache.lease.DigestLease}, whose writes the store
 * itself refuses, or carry {@link io.blobpath.cache.lease.Lease#fence} to a resource that compares it. See
 * {@code docs/leases.md}.
 */
@NullMarked
package io.blobpath.cache.lease;

import org.jspecify.annotations.NullMarked;
