/** Looks at a store, and at the machine below it, for what will make trouble. Changes nothing. */
@NullMarked
package io.blobpath.store.doctor;

import org.jspecify.annotations.NullMarked;
