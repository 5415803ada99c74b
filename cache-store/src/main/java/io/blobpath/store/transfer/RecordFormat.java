package io.blobpath.store.transfer;

/** The names in a file of records, which {@code docs/records.md} describes. */
final class RecordFormat {
    static final String FORMAT = "format";
    static final String NAME = "blobpath-records";
    static final String VERSION = "version";
    static final int CURRENT = 1;
    static final String DIGEST = "digest";
    static final String PATHS = "paths";
    static final String DIGESTS = "digests";
    static final String RECORDS = "records";
    static final String SHA256 = "sha256";

    /** The most paths on one line; the line after goes on. */
    static final int PATHS_OF_LINE = 1000;

    /** No line is longer than so many bytes: those paths, each of the longest and escaped all over. */
    static final int LINE_BYTES = 8 << 20;

    private RecordFormat() {}
}
