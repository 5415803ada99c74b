@NullMarked
package io.blobpath.store.task;

import org.jspecify.annotations.NullMarked;
