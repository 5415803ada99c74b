package io.blobpath.store;

import java.util.Objects;

/**
 * One thing that was skipped or is wrong.
 *
 * @param path what it is about, relative to the root; empty for the root itself
 * @param kind why
 * @param detail one line for a person
 */
public record Problem(String path, ProblemKind kind, String detail) {
    /** Refuses null. */
    public Problem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }
}
