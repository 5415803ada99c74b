/**
 * The reference driver, {@code memory}: what the rules mean, in the plainest code, and the test double for whatever is built
 * on a cache.
 *
 * <p>A store lives in this JVM under its name until {@link io.blobpath.tck.memory.MemoryStores#drop} or the end of the JVM.
 * All handles on one name share it, so that two of them behave like two nodes on one backend.
 */
@NullMarked
package io.blobpath.tck.memory;

import org.jspecify.annotations.NullMarked;
