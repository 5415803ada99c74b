package io.blobpath.store.doctor;

import io.blobpath.cache.Finding;
import java.util.List;
import java.util.Objects;

/**
 * What one check came to.
 *
 * @param name a short name that stays the same
 * @param question what was looked for; yes is good
 * @param findings what is to be mended; empty if nothing is
 */
public record CheckResult(String name, String question, List<Finding> findings) {
    /** Refuses null and copies the list. */
    public CheckResult {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(question, "question");
        findings = List.copyOf(findings);
    }
}
