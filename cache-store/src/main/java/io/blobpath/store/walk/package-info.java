/** Goes over what is there, in bounded memory: blobs on disk, records in the cache. For the other packages of this module. */
@NullMarked
package io.blobpath.store.walk;

import org.jspecify.annotations.NullMarked;
