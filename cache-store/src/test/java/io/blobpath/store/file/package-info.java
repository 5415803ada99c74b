@NullMarked
package io.blobpath.store.file;

import org.jspecify.annotations.NullMarked;
