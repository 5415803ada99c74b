@NullMarked
package io.blobpath.store.walk;

import org.jspecify.annotations.NullMarked;
