package io.blobpath.dynamodb;

/** Whether the driver may create its table. */
public enum CreateTable {
    /** The table must exist. */
    NEVER,
    /** A table that does not exist is created, with on-demand capacity. */
    IF_MISSING
}
