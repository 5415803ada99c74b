package io.blobpath.dynamodb;

import io.blobpath.cache.spi.Option;

/**
 * How to open the driver on a {@link FakeTable}.
 *
 * @param table the name of the table, one for each name in this JVM
 */
public record FakeTableOptions(
        @Option("the name of the table") String table) {}
