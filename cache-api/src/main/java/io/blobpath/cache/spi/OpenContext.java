package io.blobpath.cache.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a driver is told beside its own options.
 *
 * @param storeId the store that the caller expects; empty to take the one that is there, or a new one
 * @param operationTimeout the time within which every call ends, counted from its start (E1)
 */
public record OpenContext(Optional<String> storeId, Duration operationTimeout) {
    /** Refuses null. */
    public OpenContext {
        Objects.requireNonNull(storeId, "storeId");
        Objects.requireNonNull(operationTimeout, "operationTimeout");
    }
}
