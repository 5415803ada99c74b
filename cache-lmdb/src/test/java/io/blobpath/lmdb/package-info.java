/** The LMDB driver passes the kit, and what is special to it is tested here. */
@NullMarked
package io.blobpath.lmdb;

import org.jspecify.annotations.NullMarked;
