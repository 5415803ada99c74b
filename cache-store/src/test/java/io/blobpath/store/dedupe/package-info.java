@NullMarked
package io.blobpath.store.dedupe;

import org.jspecify.annotations.NullMarked;
