/** The reference driver passes the kit. */
@NullMarked
package io.blobpath.tck.memory;

import org.jspecify.annotations.NullMarked;
