@NullMarked
package io.blobpath.store;

import org.jspecify.annotations.NullMarked;
