/** A store under the traffic of several real processes. */
@NullMarked
package io.blobpath.store.traffic;

import org.jspecify.annotations.NullMarked;
