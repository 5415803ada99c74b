/** Tells the cache what is on disk, and tells people what the cache knows. */
@NullMarked
package io.blobpath.store.index;

import org.jspecify.annotations.NullMarked;
