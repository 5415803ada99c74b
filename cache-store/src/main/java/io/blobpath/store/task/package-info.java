/**
 * Long work on the store: a {@link io.blobpath.store.task.TaskQueue} runs it on locked resources, and {@link
 * io.blobpath.store.task.Updates} lets it act on nothing but what was read inside the lock.
 *
 * <p>Safe for any number of threads. A task that waits or works ends its wait when it is cancelled, when its thread is
 * interrupted and when its deadline has come. Nothing is ever null, neither argument nor result. {@code docs/tasks.md} has the
 * promises and the tests that hold them.
 */
@NullMarked
package io.blobpath.store.task;

import org.jspecify.annotations.NullMarked;
