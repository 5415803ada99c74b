package io.blobpath.tck;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;

/**
 * One call of a history, and when it was under way by a clock that all threads share.
 *
 * @param thread who called
 * @param answer what the cache answered
 * @param called a moment before the call
 * @param returned a moment after it
 */
record Operation(int thread, Action action, Digest digest, BlobPath path, Object answer, long called, long returned) {}
