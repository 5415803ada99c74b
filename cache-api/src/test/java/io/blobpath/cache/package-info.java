/** What the API promises by itself, whatever the driver. */
@NullMarked
package io.blobpath.cache;

import org.jspecify.annotations.NullMarked;
