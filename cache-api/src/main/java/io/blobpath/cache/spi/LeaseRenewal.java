package io.blobpath.cache.spi;

import io.blobpath.cache.lease.LeaseName;
import java.time.Duration;

/**
 * A lease to be renewed.
 *
 * @param name what it is about
 * @param owner names the acquisition
 * @param lease how long it shall last from now
 * @param progress what the holder tells those who wait
 */
public record LeaseRenewal(LeaseName name, OwnerToken owner, Duration lease, long progress) {}
