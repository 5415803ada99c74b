package io.blobpath.cache.lease;

import java.util.Optional;

/**
 * Looks whether the result is there already.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Probe<T> {
    /**
     * The result, if it is there. Called before the flight, each time that something may have changed, and once more inside the
     * lease; on several threads, never on two for one flight at a time.
     */
    Optional<T> probe() throws Exception;
}
