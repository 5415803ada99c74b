/** Tests of the cache of layers. */
@NullMarked
package io.blobpath.store.layer;

import org.jspecify.annotations.NullMarked;
