/**
 * The cache: which paths hold the blob with a digest.
 *
 * <p>{@link io.blobpath.cache.BlobPathCaches#open} opens a {@link io.blobpath.cache.BlobPathCache} for a
 * {@link io.blobpath.cache.CacheConfig}. Nothing here is ever null, neither argument nor result; null is answered with
 * {@link NullPointerException}. Values are immutable. Failures of the backend are
 * {@link io.blobpath.cache.BlobPathCacheException}s and never look like an absent record.
 *
 * <p>The rules in brackets, such as (P3), are those of {@code docs/contract.md}.
 */
@NullMarked
package io.blobpath.cache;

import org.jspecify.annotations.NullMarked;
