/**
 * A cache of image layers: compressed by digest, uncompressed by diffID, each downloaded once however many ask, and readable while
 * it arrives.
 *
 * <p>{@link io.blobpath.store.layer.LayerCache#open} takes a folder and any {@link io.blobpath.cache.BlobPathCache} for leases and
 * records. Nothing is ever null, neither argument nor result. What each rule is taken from, and its test, is in
 * {@code docs/stream-cache.md}.
 */
@NullMarked
package io.blobpath.store.layer;

import org.jspecify.annotations.NullMarked;
