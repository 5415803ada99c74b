/** What the Redis driver costs beside bare Redisson calls, on one server of this host. */
@NullMarked
package io.blobpath.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
