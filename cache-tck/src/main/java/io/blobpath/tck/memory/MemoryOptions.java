package io.blobpath.tck.memory;

import io.blobpath.cache.spi.Option;

/**
 * How to open the reference driver.
 *
 * @param store the name of the store; all handles on one name share its records
 */
public record MemoryOptions(
        @Option(value = "the name of the store; all handles on one name in this JVM share it", fallback = "default")
        String store) {}
