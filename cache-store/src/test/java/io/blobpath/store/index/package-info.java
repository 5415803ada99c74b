@NullMarked
package io.blobpath.store.index;

import org.jspecify.annotations.NullMarked;
