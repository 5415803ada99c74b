package io.blobpath.cache;

import java.util.Objects;
import java.util.Optional;

/**
 * Which page of a scan over all digests.
 *
 * @param limit the most entries wanted, 1 to {@link PageRequest#MAX_LIMIT}; a page may hold fewer and still not be the last
 * @param duplicates the most duplicates wanted with each entry, 0 to {@link PageRequest#MAX_LIMIT}
 * @param token where to go on, from the page before; empty for the first page
 */
public record ScanRequest(int limit, int duplicates, Optional<String> token) {
    /** Refuses null and limits out of range. */
    public ScanRequest {
        Objects.requireNonNull(token, "token");
        PageRequest.checkLimit(limit);
        if (duplicates < 0 || duplicates > PageRequest.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "duplicates was " + duplicates + " but it must be 0 to " + PageRequest.MAX_LIMIT);
        }
    }

    /** The first page, with canonical paths only. */
    public static ScanRequest first(int limit) {
        return new ScanRequest(limit, 0, Optional.empty());
    }

    /** The same with this many duplicates for each entry. */
    public ScanRequest withDuplicates(int most) {
        return new ScanRequest(limit, most, token);
    }

    /** The page behind the one that gave this token. */
    public ScanRequest after(String next) {
        return new ScanRequest(limit, duplicates, Optional.of(next));
    }
}
