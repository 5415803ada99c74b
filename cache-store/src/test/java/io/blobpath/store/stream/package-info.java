/** Tests of the stream cache; {@code docs/stream-cache.md} tells which behaviour each of them stands for. */
@NullMarked
package io.blobpath.store.stream;

import org.jspecify.annotations.NullMarked;
