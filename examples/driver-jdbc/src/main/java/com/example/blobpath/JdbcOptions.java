package com.example.blobpath;

import io.blobpath.cache.spi.Option;
import java.nio.file.Path;

/**
 * How to open the driver.
 *
 * @param file the database, made when it is missing
 */
public record JdbcOptions(
        @Option("the database file; made when it is missing")
        Path file) {}
