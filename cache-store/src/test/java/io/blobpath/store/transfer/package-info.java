@NullMarked
package io.blobpath.store.transfer;

import org.jspecify.annotations.NullMarked;
