/**
 * The kit: the suite that every driver passes. Extend {@link io.blobpath.tck.BlobPathCacheTck} and hand it a
 * {@link io.blobpath.tck.TckHarness}; each test carries the rules of {@code docs/contract.md} that it proves as JUnit tags.
 */
@NullMarked
package io.blobpath.tck;

import org.jspecify.annotations.NullMarked;
