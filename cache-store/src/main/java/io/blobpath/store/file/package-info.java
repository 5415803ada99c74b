/**
 * One door to the file system, what is known about a file, and whether its bytes match a digest. For the other packages of
 * this module, and for tests that let the n-th operation fail.
 */
@NullMarked
package io.blobpath.store.file;

import org.jspecify.annotations.NullMarked;
