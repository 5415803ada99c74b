/**
 * Blob storage on top of the cache: a root of OCI image layouts, opened once as a {@link io.blobpath.store.StoreRoot}.
 *
 * <p>What is on disk is the truth and a record in the cache is a hint. Nothing here follows a symbolic link below the root.
 * A problem with one file or repository is a {@link io.blobpath.store.Problem} in the report and the work goes on; a
 * {@link io.blobpath.store.StoreException} or a {@link io.blobpath.cache.BlobPathCacheException} ends it. Nothing is ever
 * null, neither argument nor result. Sizes are in bytes.
 */
@NullMarked
package io.blobpath.store;

import org.jspecify.annotations.NullMarked;
