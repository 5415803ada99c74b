package io.blobpath.cache;

import java.util.Objects;
import java.util.Optional;

/**
 * Which page of a listing.
 *
 * @param limit the most elements wanted, 1 to {@link #MAX_LIMIT}
 * @param token where to go on, from the page before; empty for the first page
 */
public record PageRequest(int limit, Optional<String> token) {
    /** The largest page. */
    public static final int MAX_LIMIT = 10_000;

    /** Refuses null and limits out of range. */
    public PageRequest {
        Objects.requireNonNull(token, "token");
        checkLimit(limit);
    }

    /** The first page. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }

    /** The page behind the one that gave this token, with the same limit. */
    public PageRequest after(String next) {
        return new PageRequest(limit, Optional.of(next));
    }

    static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit was " + limit + " but it must be 1 to " + MAX_LIMIT);
        }
    }
}
