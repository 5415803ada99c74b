package io.blobpath.store.task;

import io.blobpath.cache.lease.LeaseState;

/**
 * A task that some process runs on the store and told the others about.
 *
 * @param id tells it from others of its name
 * @param name what it does
 * @param lease its lease: who runs it, since when, and how far it is. It lasts as long as the task
 */
public record AnnouncedTask(String id, String name, LeaseState lease) {}
