/**
 * The driver {@code redis}: records and leases in Redis or Valkey, for stores on many hosts.
 *
 * <p>{@link io.blobpath.redis.RedisOptions} is all that an application sees. How the records lie in the store is explained in
 * {@link io.blobpath.redis.RedisRecords}, and for operators in {@code docs/drivers/redis.md}.
 */
@NullMarked
package io.blobpath.redis;

import org.jspecify.annotations.NullMarked;
