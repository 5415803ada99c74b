package io.blobpath.cache;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of a scan. Each entry is a snapshot of its own.
 *
 * @param entries some digests, in the driver's order
 * @param next the token of the next page, good after a restart too; empty when every digest was visited
 */
public record ScanPage(List<BlobEntry> entries, Optional<String> next) {
    /** Refuses null and copies the list. */
    public ScanPage {
        entries = List.copyOf(entries);
        Objects.requireNonNull(next, "next");
    }
}
