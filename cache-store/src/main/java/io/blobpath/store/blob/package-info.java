/**
 * A store of blobs and manifests for registries: {@link io.blobpath.store.blob.BlobStore}.
 *
 * <p>Several processes on several hosts may use one root at the same time, if all of them use the same cache.
 */
@NullMarked
package io.blobpath.store.blob;

import org.jspecify.annotations.NullMarked;
