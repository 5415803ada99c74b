/** Moves the records of a cache: to another cache, of whatever driver, or to a file and back. */
@NullMarked
package io.blobpath.store.transfer;

import org.jspecify.annotations.NullMarked;
