/**
 * A cache on disk for streams that are expensive to make: whoever asks first has the stream made, whoever asks meanwhile reads
 * along, whoever asks later reads the file.
 *
 * <p>{@link io.blobpath.store.stream.StreamCache#open} opens a folder, which several processes of one host may share. A cache is
 * a help and never an obstacle: when its disk fails, or is full, streams pass through it uncached. Nothing is ever null, neither
 * argument nor result. Sizes are in bytes. What each rule is taken from, and its test, is in {@code docs/stream-cache.md}.
 */
@NullMarked
package io.blobpath.store.stream;

import org.jspecify.annotations.NullMarked;
