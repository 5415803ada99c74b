/** Makes all copies of a digest share one file, and gives them files of their own again. */
@NullMarked
package io.blobpath.store.dedupe;

import org.jspecify.annotations.NullMarked;
