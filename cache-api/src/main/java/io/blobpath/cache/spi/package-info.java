/**
 * For authors of drivers: implement {@link io.blobpath.cache.spi.BlobPathCacheProvider} and
 * {@link io.blobpath.cache.spi.CacheDriver}, and pass the kit of {@code cache-tck}.
 *
 * <p>Applications use {@link io.blobpath.cache.BlobPathCaches} and never see these types.
 */
@NullMarked
package io.blobpath.cache.spi;

import org.jspecify.annotations.NullMarked;
