@NullMarked
package io.blobpath.store.blob;

import org.jspecify.annotations.NullMarked;
